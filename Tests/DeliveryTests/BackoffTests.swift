import Testing

@testable import Delivery

@Suite("Backoff")
struct BackoffTests {
    @Test func `waits double up to the longest`() {
        var backoff = Backoff(from: .milliseconds(30), to: .milliseconds(200))
        let waits = (0..<5).map { _ in backoff.wait(jitter: 0) }
        #expect(waits == [30, 60, 120, 200, 200].map { .milliseconds($0) })
    }

    @Test func `jitter adds at most a tenth, and waits never shrink`() {
        var backoff = Backoff(from: .milliseconds(100), to: .milliseconds(200))
        #expect(backoff.wait(jitter: 1) == .milliseconds(110))
        #expect(backoff.wait(jitter: 0.5) == .milliseconds(210))
        #expect(backoff.wait(jitter: 1) == .milliseconds(220))
    }

    @Test func `after a reset it begins again`() {
        var backoff = Backoff(from: .milliseconds(30), to: .seconds(5))
        for _ in 0..<9 { _ = backoff.wait(jitter: 0) }
        backoff.reset()
        #expect(backoff.wait(jitter: 0) == .milliseconds(30))
    }

    @Test func `a shortest wait over the longest is the longest`() {
        var backoff = Backoff(from: .seconds(9), to: .seconds(5))
        #expect(backoff.wait(jitter: 0) == .seconds(5))
        backoff.reset()
        #expect(backoff.wait(jitter: 0) == .seconds(5))
    }
}
