import Logging
import NIOCore
import Samples
import Synchronization
import Telemetry

/// What the log tells of requests: each of them where that is asked for, and refusals at a bounded rate.
final class RequestLog: Sendable {
    private let logger: Logger
    /// Whether each request is a line.
    let writesAll: Bool
    private let rate = Mutex(LineRate())

    /// - Parameter writesAll: `log.access`.
    init(_ logger: Logger, writesAll: Bool = false) {
        self.logger = logger
        self.writesAll = writesAll
    }

    /// A request was answered; for whoever has looked at `writesAll`.
    func answered(_ exchange: Exchange, code: Int, took: TimeAmount, from address: SocketAddress?) {
        var fields: Logger.Metadata = [
            "method": "\(exchange.methodLabel)", "status": "\(code)", "bytes": "\(exchange.size ?? 0)",
            "path": "\(exchange.target.prefix { $0 != "?" })", "duration": "\(Self.seconds(took))",
            "peer": "\(PeerName.text(address))",
        ]
        if let push = exchange.push {
            fields["job"] = "\(push.grouping.job)"
            fields["samples"] = "\(exchange.samples)"
        }
        logger.info("request", metadata: fields)
    }

    /// A push was refused.
    func refused(_ exchange: Exchange, code: Int, from address: SocketAddress?) {
        guard let refusal = exchange.refusal else { return }
        write { logger, leftOut in
            var fields: Logger.Metadata = [
                "job": "\(exchange.push?.grouping.job ?? "")", "status": "\(code)", "reason": "\(refusal)",
                "peer": "\(PeerName.text(address))",
            ]
            if exchange.samples > 0 { fields["samples"] = "\(exchange.samples)" }
            logger.info("push refused", metadata: fields.merging(leftOut) { $1 })
        }
    }

    /// A connection was turned away.
    func refused(connection address: SocketAddress?, because error: PushError) {
        write { logger, leftOut in
            let fields: Logger.Metadata = ["reason": "\(error)", "peer": "\(PeerName.text(address))"]
            logger.info("connection refused", metadata: fields.merging(leftOut) { $1 })
        }
    }

    /// Writes a line if it is due, with the number of those that were not.
    private func write(_ line: (Logger, Logger.Metadata) -> Void) {
        guard let leftOut = rate.withLock({ $0.line(at: .now) }) else { return }
        line(logger, leftOut > 0 ? ["left_out": "\(leftOut)"] : [:])
    }

    /// `0.000123`.
    private static func seconds(_ time: TimeAmount) -> String {
        let (seconds, rest) = (time.nanoseconds / 1_000).quotientAndRemainder(dividingBy: 1_000_000)
        return "\(seconds).\(String(1_000_000 + rest).dropFirst())"
    }
}
