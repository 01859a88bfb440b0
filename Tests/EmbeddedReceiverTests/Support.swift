import Compression
import Logging
import NIOHTTP1
import RemoteWrite
import Synchronization

@testable import EmbeddedReceiver

/// What a receiver printed.
final class Printed: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }

    func append(_ text: String) { texts.withLock { $0.append(text) } }
}

/// Messages that Prometheus's own code encoded.
enum Vectors {
    static let version1 = [UInt8](
        hex: "0a290a0d0a085f5f6e616d655f5f12016d0a060a0161120162121009000000000000f83f1080d095ffbc31")
    static let version2 = [UInt8](
        hex: "220022085f5f6e616d655f5f22016d220161220162220168220874726163655f69642201782a3b0a04010203041217090000"
            + "00000000f83f1080d095ffbc311898c895ffbc3122140a02060711000000000000e03f1880d095ffbc312a0408011805")
    /// A series without a name.
    static let nameless = [UInt8](hex: "0a0a0a060a0161120162" + "1200")
}

extension [UInt8] {
    init(hex: String) {
        self = stride(from: 0, to: hex.utf8.count, by: 2).map { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16) ?? 0
        }
    }

    /// The bytes as a snappy block.
    var compressed: [UInt8] {
        var output: [UInt8] = []
        Snappy.compress(span, into: &output)
        return output
    }
}

extension WriteEndpoint {
    init(
        printed: Printed = Printed(), limits: ReceiverLimits = ReceiverLimits(),
        answer: @escaping @Sendable (ReceivedRequest) -> ReceiverAnswer? = { _ in nil }
    ) {
        self.init(print: printed.append, answer: answer, logger: Logger(label: "test"), limits: limits)
    }
}

extension HTTPHeaders {
    /// What a sender of this version sends, changed.
    static func write(_ version: RemoteWriteVersion = .v1, _ changes: [String: String?] = [:]) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "Host": "localhost", "Content-Encoding": "snappy", "User-Agent": "test/1",
            "Content-Type": version == .v1
                ? "application/x-protobuf" : "application/x-protobuf;proto=\(version.message)",
            "X-Prometheus-Remote-Write-Version": version == .v1 ? "0.1.0" : "2.0.0",
        ]
        for (name, value) in changes {
            headers.remove(name: name)
            if let value { headers.add(name: name, value: value) }
        }
        return headers
    }
}
