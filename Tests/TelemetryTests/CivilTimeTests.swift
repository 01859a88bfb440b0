import Foundation
import Telemetry
import Testing

@Suite struct CivilTimeTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"), (1, "1970-01-01T00:00:00.001Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_787_313_601_250, "2026-08-21T12:00:01.250Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a time is written as RFC 3339 writes it`(milliseconds: Int64, text: String) {
        #expect(CivilTime.rfc3339(milliseconds: milliseconds) == text)
    }

    @Test(arguments: [(Int64(0), "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z")])
    func `and to the second`(seconds: Int64, text: String) {
        #expect(CivilTime.rfc3339(seconds: seconds) == text)
    }

    @Test(arguments: [
        (Int64(0), "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_787_313_601, "Fri, 21 Aug 2026 12:00:01 GMT"),
    ])
    func `a time is written as HTTP writes it`(seconds: Int64, text: String) {
        #expect(CivilTime.http(seconds: seconds) == text)
    }

    @Test func `every day of four centuries is the day that Foundation finds`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: Int64(0), to: 146_097, by: 1) {
            let milliseconds = day * 86_400_000 + 43_200_000
            let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            guard CivilTime.rfc3339(milliseconds: milliseconds) == date.formatted(style) else {
                Issue.record("day \(day)")
                return
            }
        }
    }
}
