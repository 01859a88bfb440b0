import NIOCore
import NIOPosix

extension PushServer {
    /// What every listening socket and every connection is set up with.
    func bootstrap(on group: MultiThreadedEventLoopGroup, _ pool: NIOThreadPool) async throws -> ServerBootstrap {
        let shares = try await state.shares(of: group, pool)
        let (connections, limits, door) = (self.connections, state.limits, self.door)
        return ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1_024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            // Out of file descriptors, it waits a second before it accepts again.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                }
            }
            .childChannelInitializer { channel in
                // Not NIO's future of what a closure returns, which looks its types up for each connection.
                do {
                    guard let share = shares[ObjectIdentifier(channel.eventLoop)] else {
                        return channel.eventLoop.makeSucceededVoidFuture()
                    }
                    // Whoever closes his side after the request reads the answer nevertheless. Set here, an option costs less
                    // than as one of the bootstrap's.
                    try channel.syncOptions?.setOption(.allowRemoteHalfClosure, value: true)
                    let tls = door.tls
                    do throws(PushError) {
                        try connections.admit(channel)
                    } catch {
                        // Whoever is to be refused is not worth a handshake.
                        let handler = RefusingHandler(error, share.value.pipeline, isEncrypted: tls != nil)
                        try channel.pipeline.syncOperations.addHandler(handler)
                        return channel.eventLoop.makeSucceededVoidFuture()
                    }
                    let limits = share.value.limits ?? limits
                    if let tls { try Self.encrypt(channel, tls, share.value.pipeline, within: limits.handshake) }
                    let handler = PushHandler(share.value, limits: limits, now: channel.eventLoop.now)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return channel.eventLoop.makeSucceededVoidFuture()
                } catch {
                    return channel.eventLoop.makeFailedFuture(error)
                }
            }
    }

    /// Puts TLS before all else on a connection.
    private static func encrypt(
        _ channel: any Channel, _ tls: TLSDoor, _ pipeline: PushPipeline, within limit: TimeAmount
    ) throws {
        // What is read at a time is kept as a buffer by the connection for as long as it lasts.
        let reading = AdaptiveRecvByteBufferAllocator(minimum: 1 << 10, initial: 2 << 10, maximum: 16 << 10)
        try channel.syncOptions?.setOption(.recvAllocator, value: reading)
        try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 2)
        let operations = channel.pipeline.syncOperations
        try operations.addHandlers([
            TLSThreshold(tls, pipeline), TLSHandshake(tls, limit: limit, pipeline.intake),
        ])
    }
}
