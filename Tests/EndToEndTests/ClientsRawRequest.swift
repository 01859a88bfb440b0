import Foundation
import Testing

/// A request as a client puts it onto the wire, byte for byte.
struct ClientsRawRequest: Sendable {
    var line: String
    var headers: [String]
    var body: [UInt8]
    /// Sends the body in chunks of this many bytes instead of behind a Content-Length.
    var chunk: Int?

    private func bytes(to port: Int) -> [UInt8] {
        let framing = chunk == nil ? "Content-Length: \(body.count)" : "Transfer-Encoding: chunked"
        let head = ["\(line) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + headers + [framing, "", ""]
        return Array(head.joined(separator: "\r\n").utf8) + framedBody
    }

    private var framedBody: [UInt8] {
        guard let chunk else { return body }
        let pieces = stride(from: 0, to: body.count, by: chunk).flatMap { start in
            let piece = body[start..<min(start + chunk, body.count)]
            return Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + Array("\r\n".utf8)
        }
        return pieces + Array("0\r\n\r\n".utf8)
    }

    /// Sends it over a connection of its own and reads the answer, which must have a Content-Length.
    func send(to port: Int) throws -> Answer {
        let connection = try RawConnection(to: port)
        try connection.write(bytes(to: port))
        var received: [UInt8] = []
        while true {
            if let answer = Self.answer(in: received) { return answer }
            let piece = try connection.read()
            guard !piece.isEmpty else {
                throw TimedOut(description: "no whole answer, but: \(String(decoding: received, as: UTF8.self))")
            }
            received += piece
        }
    }

    private static func answer(in received: [UInt8]) -> Answer? {
        let text = String(decoding: received, as: UTF8.self)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let status = parts[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        // After 100 the answer is still to come.
        if status == 100 { return answer(in: Array(parts[1].utf8)) }
        let answer = Answer(status: status, head: String(parts[0]), body: String(parts[1]))
        guard let length = answer.header("Content-Length").flatMap({ Int($0) }) else { return answer }
        return answer.body.utf8.count >= length ? answer : nil
    }
}

/// A connection to a port of the loopback interface.
private final class RawConnection {
    private let descriptor: Int32

    init(to port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let connected = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe connect(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        try #require(connected)
        var limit = timeval(tv_sec: 90, tv_usec: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func write(_ bytes: [UInt8]) throws {
        let written = unsafe bytes.withUnsafeBytes { unsafe Foundation.write(descriptor, $0.baseAddress, $0.count) }
        try #require(written == bytes.count)
    }

    /// What has come, or nothing at the end.
    func read() throws -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe Foundation.read(descriptor, $0.baseAddress, $0.count)
        }
        try #require(count >= 0)
        return Array(buffer.prefix(count))
    }
}
