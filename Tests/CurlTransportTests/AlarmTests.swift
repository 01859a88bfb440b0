import Testing

@testable import CurlTransport

@Suite("Alarm", .timeLimit(.minutes(15)))
struct AlarmTests {
    private let alarm = Alarm()

    @Test func `it ends the poll that runs, or the next one`() async throws {
        let multi = try MultiHandle(alarm)
        alarm.ring()
        multi.poll(atMost: .seconds(3_600))
        #expect(alarm.isHeard())
        async let rung: Void = Task { [alarm] in alarm.ring() }.value
        multi.poll(atMost: .seconds(3_600))
        #expect(alarm.isHeard())
        await rung
    }

    @Test func `rung before there is a handle it ends the first poll`() throws {
        alarm.ring()
        let multi = try MultiHandle(alarm)
        multi.poll(atMost: .seconds(3_600))
        #expect(alarm.isHeard())
        #expect(!alarm.isHeard())
    }

    @Test func `rung when the handle is gone it does nothing`() throws {
        do { _ = try MultiHandle(alarm) }
        alarm.ring()
        #expect(alarm.isHeard())
    }
}
