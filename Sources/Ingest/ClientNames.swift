import NIOCore
import NIOSSL

/// The names in a client's certificate: of hosts, addresses, mail boxes, URIs.
enum ClientNames {
    /// The names as Go writes them.
    static func all(of certificate: NIOSSLCertificate) -> [String] {
        certificate._subjectAlternativeNames().compactMap { name in
            let bytes = Array(name.contents)
            switch name.nameType {
            case .dnsName, .email, .uri: return String(decoding: bytes, as: UTF8.self)
            case .ipAddress: return address(bytes)
            default: return nil
            }
        }
    }

    /// An address of 4 or 16 bytes.
    static func address(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        return try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0).ipAddress
    }
}
