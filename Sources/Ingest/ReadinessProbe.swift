import NIOCore
import NIOPosix
import NIOSSL
public import Settings

/// Asks a running collector whether it is ready, as a client on the same machine (`check --live`).
public struct ReadinessProbe: Sendable {
    /// Where the collector listens, as it is configured.
    let address: ListenAddress

    /// How long an answer may take.
    static let timeout = TimeAmount.seconds(3)
    private static let longestAnswer = 8 << 10

    /// What came of asking.
    public enum Outcome: Sendable, Equatable {
        /// It takes pushes; what it says.
        case ready(String)
        /// It does not; what it says, or why there is no answer.
        case notReady(String)
    }

    /// A probe of the collector that listens here.
    public init(_ address: ListenAddress) { self.address = address }

    /// Asks, once more over TLS where that is what the server speaks.
    public func ask() async -> Outcome {
        let outcome = await ask(over: nil)
        guard case .notReady(let why) = outcome, why.contains(TLSThreshold.advice) else { return outcome }
        // It is the process that is asked about, and not who it is.
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        guard let tls = try? NIOSSLContext(configuration: configuration) else { return outcome }
        return await ask(over: tls)
    }

    private func ask(over tls: NIOSSLContext?) async -> Outcome {
        let group = MultiThreadedEventLoopGroup.singleton
        do {
            let channel = try await connect(on: group, over: tls)
            let answer = try await channel.executeThenClose { input, output in
                do {
                    try await output.write(ByteBuffer(string: Self.request))
                } catch {
                    // Who is refused before it has asked finds why where answers are read.
                    let answer = try await Self.read(input)
                    guard answer.isEmpty else { return answer }
                    throw error
                }
                return try await Self.read(input)
            }
            return Self.outcome(of: answer)
        } catch {
            let reason = "\(error)"
            // It has said that it is a collector with TLS, has read what was sent, and refuses who has no certificate: in TLS
            // 1.3 in these words, in older versions by one alert for all that it does not like in a client.
            if tls != nil, reason.contains("_ALERT_") || reason.contains("CERTIFICATE_REQUIRED") {
                return .ready("it serves, and asks clients for a certificate")
            }
            return .notReady("no answer: \(ListenError(address, error).reason)")
        }
    }

    /// The address that reaches it from here: one that stands for all interfaces is none to connect to.
    static func reachable(_ address: ListenAddress) -> ListenAddress {
        switch address {
        case .tcp("0.0.0.0", let port): .tcp(host: "127.0.0.1", port: port)
        case .tcp("::", let port): .tcp(host: "::1", port: port)
        default: address
        }
    }

    private static let request = "GET /-/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    private func connect(
        on group: any EventLoopGroup, over tls: NIOSSLContext?
    ) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        let bootstrap = ClientBootstrap(group: group).connectTimeout(Self.timeout)
        let initialize: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = {
            channel in
            channel.eventLoop.makeCompletedFuture {
                // Whoever does not answer in time is cut off, which ends the wait.
                let cut = channel.eventLoop.scheduleTask(in: Self.timeout) { channel.close(promise: nil) }
                channel.closeFuture.whenComplete { _ in cut.cancel() }
                if let tls {
                    let handler = try NIOSSLClientHandler(context: tls, serverHostname: nil)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
                return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
            }
        }
        switch Self.reachable(address) {
        case .tcp(let host, let port):
            return try await bootstrap.connect(host: host, port: port, channelInitializer: initialize)
        case .unix(let path):
            return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: initialize)
        }
    }

    private static func read(_ input: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> String {
        var answer = ByteBuffer()
        for try await var piece in input {
            answer.writeBuffer(&piece)
            // The other side may keep the connection open.
            if answer.readableBytes >= longestAnswer || missing(in: String(buffer: answer)) == 0 { break }
        }
        return String(buffer: answer)
    }

    /// How much of an answer is still to come; nil: it does not say, and ends with the connection.
    private static func missing(in answer: String) -> Int? {
        guard let end = answer.firstRange(of: "\r\n\r\n") else { return nil }
        for line in answer[..<end.lowerBound].split(separator: "\r\n").dropFirst() {
            let field = line.split(separator: ":", maxSplits: 1)
            guard field.count == 2, field[0].lowercased() == "content-length" else { continue }
            return Int(field[1].filter { $0 != " " }).map { max(0, $0 - answer[end.upperBound...].utf8.count) }
        }
        return nil
    }

    /// What an answer of HTTP/1.1 says: its status, and the first line of its body.
    static func outcome(of answer: String) -> Outcome {
        let status = answer.split(separator: " ", maxSplits: 2).dropFirst().first
        guard answer.hasPrefix("HTTP/1.1 "), let status else { return .notReady("no answer of HTTP/1.1 in time") }
        if let missing = missing(in: answer), missing > 0 { return .notReady("the answer was cut off") }
        let body = answer.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
        let line = body.first?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let text = HTTPAnswer.clip(HTTPAnswer.oneLine(line), to: HTTPAnswer.largestErrorBody)
        return status == "200" ? .ready(text) : .notReady(text.isEmpty ? "answered \(status)" : text)
    }
}
