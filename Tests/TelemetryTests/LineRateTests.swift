import Testing

@testable import Telemetry

@Suite("LineRate")
struct LineRateTests {
    @Test func `some lines come at once, then one a second, with the number of those left out`() {
        var rate = LineRate()
        let start = ContinuousClock.now
        let first = (0..<LineRate.burst + 5).map { _ in rate.line(at: start) }
        #expect(first == Array(repeating: 0, count: LineRate.burst) + Array(repeating: nil, count: 5))
        #expect(rate.line(at: start + .milliseconds(1_500)) == 5)
        #expect(rate.line(at: start + .milliseconds(1_600)) == nil)
        #expect(rate.line(at: start + .milliseconds(2_100)) == 1)
    }

    @Test func `after a long silence no more come at once than at first`() {
        var rate = LineRate()
        let start = ContinuousClock.now
        _ = rate.line(at: start)
        let later = (0..<LineRate.burst + 1).map { _ in rate.line(at: start + .seconds(3_600)) }
        #expect(later.filter { $0 != nil }.count == LineRate.burst)
    }
}
