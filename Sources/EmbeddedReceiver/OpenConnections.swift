import NIOCore

/// The connections of a receiver and what their bodies hold; used on its event loop only.
final class OpenConnections {
    private let limits: ReceiverLimits
    private var channels: [ObjectIdentifier: any Channel] = [:]
    private var heldBytes = 0
    /// Kept from `close` on.
    private var emptied: EventLoopPromise<Void>?

    init(limits: ReceiverLimits) {
        self.limits = limits
    }

    /// Takes a connection in; false where there are too many.
    func add(_ channel: any Channel) -> Bool {
        guard channels.count < limits.connections, emptied == nil else { return false }
        channels[ObjectIdentifier(channel)] = channel
        return true
    }

    /// Forgets a connection that is closed.
    func remove(_ channel: any Channel) {
        channels[ObjectIdentifier(channel)] = nil
        if channels.isEmpty { emptied?.succeed() }
    }

    /// Reserves memory for a part of a body; false where there is none.
    func hold(_ bytes: Int) -> Bool {
        guard heldBytes + bytes <= limits.heldBytes else { return false }
        heldBytes += bytes
        return true
    }

    /// Gives reserved memory back.
    func release(_ bytes: Int) { heldBytes -= bytes }

    /// Lets requests in hand end, closes all connections, and tells when the last is closed; once.
    func close(on loop: any EventLoop) -> EventLoopFuture<Void> {
        let emptied = loop.makePromise(of: Void.self)
        self.emptied = emptied
        for channel in channels.values { channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent()) }
        if channels.isEmpty { emptied.succeed() }
        return emptied.futureResult
    }

    /// Closes what is still open.
    func abandon() {
        for channel in channels.values { channel.close(promise: nil) }
    }
}
