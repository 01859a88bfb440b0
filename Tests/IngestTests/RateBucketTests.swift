import Settings
import Testing

@testable import Ingest

@Suite struct RateBucketTests {
    private let start = ContinuousClock.now

    private func expect(_ bucket: inout RateBucket, at time: ContinuousClock.Instant, _ wait: Int?) {
        let taken = bucket.take(at: time)
        #expect(taken == wait)
    }

    @Test func `a burst passes, then one each interval`() {
        var bucket = RateBucket(RateLimit(interval: .milliseconds(500), burst: 3), at: start)
        for _ in 0..<3 { expect(&bucket, at: start, nil) }
        expect(&bucket, at: start, 1)
        expect(&bucket, at: start + .milliseconds(499), 1)
        expect(&bucket, at: start + .milliseconds(501), nil)
        expect(&bucket, at: start + .milliseconds(501), 1)
    }

    @Test func `what is not used is kept up to the burst, and clocks do not go back`() {
        var bucket = RateBucket(RateLimit(interval: .seconds(1), burst: 2), at: start)
        for _ in 0..<2 { expect(&bucket, at: start + .seconds(100), nil) }
        expect(&bucket, at: start, 1)
        expect(&bucket, at: start + .seconds(100), 1)
    }

    @Test func `how long to wait is told in whole seconds, an hour at most`() {
        var bucket = RateBucket(RateLimit(interval: .seconds(10), burst: 1), at: start)
        expect(&bucket, at: start, nil)
        expect(&bucket, at: start + .milliseconds(500), 10)
        expect(&bucket, at: start + .milliseconds(7_500), 3)
        var slow = RateBucket(RateLimit(interval: .seconds(86_400), burst: 1), at: start)
        expect(&slow, at: start, nil)
        expect(&slow, at: start, 3_600)
    }
}
