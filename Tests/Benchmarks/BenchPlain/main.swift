import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

// Answers every request with an empty 200 by SwiftNIO's own HTTP pipeline: what a push takes on this machine before
// anything is done about it. `Tests/Benchmarks/program` measures the collector beside it.
//
//     BenchPlain PORT

/// Answers as soon as a request has ended.
final class EmptyAnswers: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = Self.unwrapInboundIn(data) else { return }
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: ["Content-Length": "0"])
        context.write(Self.wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(Self.wrapOutboundOut(.end(nil)), promise: nil)
    }
}

guard CommandLine.arguments.count == 2, let port = Int(CommandLine.arguments[1]) else {
    print("BenchPlain PORT")
    exit(2)
}
let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    .serverChannelOption(.backlog, value: 1_024)
    .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
    .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            try channel.pipeline.syncOperations.addHandler(EmptyAnswers())
        }
    }
    .bind(host: "127.0.0.1", port: port).get()
try await server.closeFuture.get()
