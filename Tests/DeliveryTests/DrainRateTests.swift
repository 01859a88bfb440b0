import Testing

@testable import Delivery

@Suite("DrainRate: A6")
struct DrainRateTests {
    let start = ContinuousClock.now

    @Test func `before anything has left nothing is known`() {
        #expect(DrainRate().seconds(toFree: 1, now: start) == nil)
    }

    @Test func `a steady stream tells how long it takes`() {
        var rate = DrainRate()
        for second in 0..<10 { rate.left(1_000, now: start + .seconds(second)) }
        let seconds = rate.seconds(toFree: 10_000, now: start + .seconds(10))
        #expect((10...12).contains(seconds ?? 0))
    }

    @Test func `it is never less than 1 nor more than 60`() {
        var rate = DrainRate()
        rate.left(1_000_000, now: start)
        #expect(rate.seconds(toFree: 1, now: start) == 1)
        #expect(rate.seconds(toFree: .max, now: start) == 60)
    }

    @Test func `silence counts`() {
        var rate = DrainRate()
        for second in 0..<10 { rate.left(1_000, now: start + .seconds(second)) }
        #expect(rate.seconds(toFree: 10_000, now: start + .seconds(3_600)) == 60)
    }
}
