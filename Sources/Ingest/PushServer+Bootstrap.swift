import NIOCore
import NIOPosix

extension PushServer {
    /// What every listening socket and every connection is set up with.
    func bootstrap(on group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async throws -> ServerBootstrap {
        let shares = try await shares(of: group, pool)
        let (connections, limits) = (self.connections, self.limits)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Out of file descriptors, it waits a second before it accepts again.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            // Whoever closes his side after the request reads the answer nevertheless.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    guard let share = shares[ObjectIdentifier(channel.eventLoop)] else { return }
                    do throws(PushError) {
                        try connections.admit(channel)
                    } catch {
                        let handler = RefusingHandler(error, share.value.pipeline)
                        return try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    let handler = PushHandler(share.value, limits: limits, now: channel.eventLoop.now)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
    }

    /// What the connections of each event loop share.
    private func shares(
        of group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool
    ) async throws -> [ObjectIdentifier: NIOLoopBound<EventLoopShare>] {
        var shares: [ObjectIdentifier: NIOLoopBound<EventLoopShare>] = [:]
        for eventLoop in group.makeIterator() {
            let intake = self.intake
            shares[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(EventLoopShare(intake, on: eventLoop, pool: pool), eventLoop: eventLoop)
            }.get()
        }
        return shares
    }
}
