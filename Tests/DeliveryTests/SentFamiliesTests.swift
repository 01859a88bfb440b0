import Testing

@testable import Delivery

@Suite("Metadata of families after a fallback")
struct SentFamiliesTests {
    private let now = ContinuousClock.now

    @Test func `goes once an interval`() {
        var families = SentFamilies(interval: .seconds(60))
        let asked: [(UInt8, Int)] = [(1, 0), (1, 59), (2, 59), (1, 60)]
        #expect(asked.map { families.isDue([$0], at: now + .seconds($1)) } == [true, false, true, true])
    }

    @Test func `never goes where none is sent`() {
        var families = SentFamilies(interval: nil)
        let isDue = families.isDue([1], at: now)
        #expect(!isDue)
    }

    @Test func `of more families than are remembered waits until one is forgotten`() {
        var families = SentFamilies(interval: .seconds(60))
        let first = (0..<SentFamilies.limit).map { number in
            families.isDue([UInt8(number % 256), UInt8(number / 256)], at: now)
        }
        #expect(first.allSatisfy { $0 })
        #expect([1, 60].map { families.isDue([9, 9, 9], at: now + .seconds($0)) } == [false, true])
    }
}
