import Delivery
import NIOCore
import NIOPosix

/// What the connections of one event loop share.
final class EventLoopShare {
    /// The pipeline; a reload puts another one in its place, which handlers take for the next request.
    private(set) var pipeline: PushPipeline
    /// The limits that came with it; nil: those that each connection began with.
    private(set) var limits: ConnectionLimits?
    let settlements: Settlements
    /// What requests lately named; with other routes it may name something else.
    private(set) var targets = RecentTargets()
    /// Where pushes go that are too heavy for the event loop.
    let pool: NIOThreadPool
    /// What the status page shows of the last pushes.
    let journal: Journal
    private let eventLoop: any EventLoop

    init(_ intake: Intake, on eventLoop: any EventLoop, pool: NIOThreadPool) {
        self.eventLoop = eventLoop
        pipeline = Self.pipeline(intake, on: eventLoop)
        settlements = Settlements(now: { eventLoop.now }, execute: { eventLoop.execute($0) })
        self.pool = pool
        journal = intake.journals.begin()
    }

    /// From now on pushes come in by this intake; to be called on the event loop.
    func adopt(_ intake: Intake, _ limits: ConnectionLimits) {
        pipeline = Self.pipeline(intake, on: eventLoop)
        targets = RecentTargets()
        self.limits = limits
    }

    private static func pipeline(_ intake: Intake, on eventLoop: any EventLoop) -> PushPipeline {
        let outbox = intake.outbox
        let turnEnd = TurnEnd(wake: { outbox.wake() }, execute: { eventLoop.execute($0) })
        return PushPipeline(intake, carrying: .eventLoop, until: turnEnd)
    }
}
