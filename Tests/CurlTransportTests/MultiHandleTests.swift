import Testing

@testable import CurlTransport

@Suite("MultiHandle", .timeLimit(.minutes(1)))
struct MultiHandleTests {
    @Test func `a wake ends the poll that runs, or the next one`() async throws {
        let thread = try SenderThread(version: "1")
        thread.wake()
        thread.multi.poll(atMost: .seconds(3_600))
        async let woken: Void = Task { thread.multi.wake() }.value
        thread.multi.poll(atMost: .seconds(3_600))
        await woken
    }

    @Test func `without anything to do a poll lasts as long as it may`() throws {
        let multi = try MultiHandle()
        let start = ContinuousClock.now
        multi.poll(atMost: .milliseconds(50))
        #expect(ContinuousClock.now - start >= .milliseconds(50))
        #expect(multi.nextDone() == nil)
    }
}
