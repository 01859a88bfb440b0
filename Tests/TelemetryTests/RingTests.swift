import Testing

@testable import Telemetry

@Suite struct RingTests {
    @Test(arguments: [0, 1, 3, 4, 5, 9])
    func `the last ones are kept, the last one first`(count: Int) {
        var ring = Ring<Int>(capacity: 4)
        for number in 0..<count { ring.append(number) }
        #expect(ring.latestFirst == Array((max(0, count - 4)..<max(count, 0)).reversed()))
    }
}
