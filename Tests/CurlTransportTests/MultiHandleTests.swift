import Testing

@testable import CurlTransport

@Suite("MultiHandle", .timeLimit(.minutes(15)))
struct MultiHandleTests {
    @Test func `without anything to do a poll lasts as long as it may`() throws {
        let multi = try MultiHandle(Alarm())
        let start = ContinuousClock.now
        multi.poll(atMost: .milliseconds(50))
        #expect(ContinuousClock.now - start >= .milliseconds(50))
        #expect(multi.nextDone() == nil)
    }
}
