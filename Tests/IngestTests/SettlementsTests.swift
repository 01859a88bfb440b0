import Delivery
import NIOCore
import NIOEmbedded
import Synchronization
import Testing

@testable import Ingest

@Suite("What became of pushes, told on their event loop")
struct SettlementsTests {
    @Test func `pushes that are settled together are told in one task`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        let tasks = Mutex<[@Sendable () -> Void]>([])
        let settlements = Settlements { task in tasks.withLock { $0.append(task) } }
        #expect(try connection.push("x 1\n") == "")
        let handler = NIOLoopBound(connection.handler, eventLoop: connection.channel.eventLoop)
        // Those of another number mean nothing.
        for number in [7, 8, 1] { settlements.tell(handler, .delivered, number: number) }
        #expect(tasks.withLock(\.count) == 0)
        settlements.wake()
        #expect(tasks.withLock(\.count) == 1)
        tasks.withLock { $0.popLast() }?()
        #expect(Reply.one(try connection.answer())?.status == 200)
        settlements.tell(handler, .lost, number: 1)
        settlements.wake()
        tasks.withLock { $0.popLast() }?()
        #expect(try connection.answer() == "")
    }
}
