import NIOCore
import Testing

@testable import Ingest

@Suite("What an event loop remembers of its last pushes")
struct JournalTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func entry(_ target: String = "/metrics/job/j", isRefused: Bool = false) -> Journal.Entry {
        Journal.Entry(
            began: start, answered: start + .milliseconds(3), peer: nil, target: target, samples: 2,
            status: isRefused ? 400 : 200, reason: isRefused ? "no" : "", isRefused: isRefused)
    }

    @Test func `the last ones of each kind are kept, and all are counted`() {
        let journal = Journal()
        for number in 0..<100 { journal.note(entry("/metrics/job/\(number)", isRefused: number % 10 == 0)) }
        let reading = journal.reading
        #expect(reading.taken.count == Journal.kept)
        #expect(reading.taken.first?.target == "/metrics/job/99")
        #expect(reading.refused.map(\.target).prefix(2) == ["/metrics/job/90", "/metrics/job/80"])
    }

    @Test func `a long target is cut`() {
        let journal = Journal()
        journal.note(entry("/" + String(repeating: "é", count: 10_000)))
        #expect(journal.reading.taken.first.map { $0.target.utf8.count <= Journal.longestTarget + 2 } == true)
    }

    @Test func `each push of a connection is noted once, whatever became of it`() throws {
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\ny 2\n", to: "/metrics/job/good")
        _ = try connection.push("x\n", to: "/metrics/job/bad")
        _ = try connection.send("GET /-/healthy HTTP/1.1\r\n\r\n")
        _ = try connection.send("DELETE /metrics/job/gone HTTP/1.1\r\n\r\n")
        let readings = bench.intake.journals.readings
        #expect(readings.count == 1)
        #expect(readings[0].taken.map(\.target) == ["/metrics/job/good"])
        #expect(readings[0].taken.map(\.samples) == [2])
        #expect(readings[0].refused.map(\.status) == [405, 400])
        #expect(readings[0].refused.last?.reason.hasPrefix("text format parsing error") == true)
    }
}
