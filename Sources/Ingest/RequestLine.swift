import Bytes
import NIOHTTP1

/// The first line of a request: method, target, version (RFC 9112, 3).
enum RequestLine {
    /// No method is longer.
    private static let longestMethod = 32

    /// The end of the method, as far as it is there.
    static func method(_ bytes: borrowing Span<UInt8>) throws(RequestFlaw) -> Int {
        for index in 0..<min(bytes.count, longestMethod) where !HeaderLine.isToken(bytes[index]) {
            guard bytes[index] == UInt8(ascii: " "), index > 0 else { throw .method }
            return index
        }
        guard bytes.count < longestMethod else { throw .method }
        return bytes.count
    }

    /// Reads a line without its end.
    static func read(_ line: borrowing Span<UInt8>) throws(RequestFlaw) -> RequestHead {
        let methodEnd = try method(line)
        let start = methodEnd + 1
        var end = start
        while end < line.count, line[end] > 0x20, line[end] != 0x7f { end += 1 }
        guard end > start else { throw line.count > start ? .target : .version }
        guard end < line.count else { throw .version }
        guard line[end] == UInt8(ascii: " ") else { throw .target }
        let version = try version(line.extracting(end + 1..<line.count))
        let method = self.method(named: line.extracting(..<methodEnd).text ?? "")
        guard let target = line.extracting(start..<end).text else { throw .target }
        // Of the server itself, absolute, or of another server (RFC 9112, 3.2).
        guard target.utf8.first == UInt8(ascii: "/") || target == "*" || target.contains("://") || method == .CONNECT
        else { throw .target }
        return RequestHead(method, target, version: version)
    }

    private static func version(_ text: borrowing Span<UInt8>) throws(RequestFlaw) -> HTTPVersion {
        switch text.text ?? "" {
        case "HTTP/1.1": return .http1_1
        case "HTTP/1.0": return .http1_0
        case let other: throw other.hasPrefix("HTTP/") ? .version : .blankInTarget
        }
    }

    private static func method(named name: String) -> HTTPMethod {
        switch name {
        case "POST": .POST
        case "PUT": .PUT
        default: HTTPMethod(rawValue: name)
        }
    }
}
