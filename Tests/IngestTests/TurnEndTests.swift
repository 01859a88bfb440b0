import Synchronization
import Testing

@testable import Ingest

@Suite("The end of an event loop's turn")
struct TurnEndTests {
    private final class Loop: Sendable {
        let wakes = Mutex(0)
        let tasks = Mutex<[@Sendable () -> Void]>([])
        var turnEnd: TurnEnd {
            TurnEnd(
                wake: { self.wakes.withLock { $0 += 1 } }, execute: { task in self.tasks.withLock { $0.append(task) } })
        }

        func finishTurn() {
            let tasks = tasks.withLock { tasks in
                defer { tasks = [] }
                return tasks
            }
            for task in tasks { task() }
        }
    }

    @Test func `all pushes of a turn wake the sender once, behind them`() {
        let loop = Loop()
        let turnEnd = loop.turnEnd
        for _ in 0..<3 { turnEnd.wakeSoon() }
        #expect(loop.wakes.withLock(\.self) == 0)
        #expect(loop.tasks.withLock(\.count) == 1)
        loop.finishTurn()
        #expect(loop.wakes.withLock(\.self) == 1)
        turnEnd.wakeSoon()
        loop.finishTurn()
        #expect(loop.wakes.withLock(\.self) == 2)
    }

    @Test func `before what takes long the sender is woken at once, and not again at the end`() {
        let loop = Loop()
        let turnEnd = loop.turnEnd
        turnEnd.come()
        #expect(loop.wakes.withLock(\.self) == 0)
        turnEnd.wakeSoon()
        turnEnd.come()
        #expect(loop.wakes.withLock(\.self) == 1)
        loop.finishTurn()
        #expect(loop.wakes.withLock(\.self) == 1)
    }
}
