import Testing

@testable import Delivery

@Suite("ReceiptTimes: B7")
struct ReceiptTimesTests {
    let times = ReceiptTimes()

    @Test func `a group's first time is the clock's`() {
        #expect(times.next(group: 7, now: 1_000) == 1_000)
        #expect(times.next(group: 7, now: -5) == -5)
    }

    @Test func `a tie moves on by a millisecond, and so does a small step back`() {
        #expect(times.advance(group: 7, to: 1_000) {})
        #expect(times.next(group: 7, now: 1_000) == 1_001)
        #expect(times.next(group: 7, now: 900) == 1_001)
        #expect(times.next(group: 7, now: 1_002) == 1_002)
    }

    @Test func `after a large step back times follow the clock`() {
        #expect(times.advance(group: 7, to: 10_000_000) {})
        #expect(times.next(group: 7, now: 10_000) == 10_000)
        #expect(times.advance(group: 7, to: 10_000) {})
        #expect(times.next(group: 7, now: 10_000) == 10_001)
    }

    @Test func `a time that is not later is refused, and nothing is run`() {
        var runs = 0
        #expect(times.advance(group: 7, to: 1_000) { runs += 1 })
        #expect(!times.advance(group: 7, to: 1_000) { runs += 1 })
        #expect(!times.advance(group: 7, to: 999) { runs += 1 })
        #expect(times.advance(group: 7, to: 1_001) { runs += 1 })
        #expect(runs == 2)
    }

    @Test func `a failure leaves the last time as it was`() {
        struct Full: Error {}
        #expect(throws: Full.self) { try times.advance(group: 7, to: 1_000) { () throws(Full) in throw Full() } }
        #expect(times.next(group: 7, now: 1_000) == 1_000)
    }

    @Test func `groups that differ in any of twelve bits have times of their own`() {
        for bit in 0..<12 { #expect(times.advance(group: 1 << UInt64(bit), to: 1_000) {}) }
        #expect(times.next(group: 0, now: 1_000) == 1_000)
        // Beyond that they share a slot: at worst a group's time is a little later than the clock.
        #expect(times.next(group: 1 << 12 | 1, now: 1_000) == 1_001)
    }
}
