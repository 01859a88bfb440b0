import NIOCore
import NIOPosix

/// What the connections of one event loop share.
struct EventLoopShare {
    let pipeline: PushPipeline
    let settlements: Settlements
    let targets = RecentTargets()
    /// Where pushes go that are too heavy for the event loop.
    let pool: NIOThreadPool

    init(_ intake: Intake, on eventLoop: any EventLoop, pool: NIOThreadPool) {
        pipeline = PushPipeline(intake, carrying: .eventLoop)
        settlements = Settlements { eventLoop.execute($0) }
        self.pool = pool
    }
}
