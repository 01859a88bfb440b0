import NIOCore
import NIOPosix

extension PushServer {
    /// What every listening socket and every connection is set up with.
    func bootstrap(on group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async throws -> ServerBootstrap {
        let pipelines = try await pipelines(of: group)
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
                    guard let pipeline = pipelines[ObjectIdentifier(channel.eventLoop)] else { return }
                    do throws(PushError) {
                        try connections.admit(channel)
                    } catch {
                        let handler = RefusingHandler(error, pipeline.value)
                        return try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    let handler = PushHandler(
                        pipeline.value, pool: pool, limits: limits, now: channel.eventLoop.now)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
    }

    /// A pipeline for each event loop.
    private func pipelines(
        of group: MultiThreadedEventLoopGroup
    ) async throws -> [ObjectIdentifier: NIOLoopBound<PushPipeline>] {
        var pipelines: [ObjectIdentifier: NIOLoopBound<PushPipeline>] = [:]
        for eventLoop in group.makeIterator() {
            let intake = self.intake
            pipelines[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(PushPipeline(intake, carrying: .eventLoop), eventLoop: eventLoop)
            }.get()
        }
        return pipelines
    }
}
