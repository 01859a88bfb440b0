import Foundation

/// A request as it goes over a socket: nothing of it is made canonical, escaped or left out on the way.
struct RawRequest: Sendable {
    var method: String
    var path: String
    var headers: [String] = []
    var body: [UInt8] = []
    var version = "HTTP/1.1"

    /// A push to the group of the job `t`, unless another path is given.
    static func post(_ path: String = "/metrics/job/t", _ body: String = "foo 1\n", headers: String...) -> RawRequest {
        RawRequest(method: "POST", path: path, headers: headers, body: Array(body.utf8))
    }

    /// The same by PUT.
    static func put(_ path: String = "/metrics/job/t", _ body: String = "foo 1\n") -> RawRequest {
        RawRequest(method: "PUT", path: path, body: Array(body.utf8))
    }

    /// A push of this body to the group of the job `t`.
    static func body(_ body: String) -> RawRequest { post("/metrics/job/t", body) }

    /// A push of these bytes to the group of the job `t`.
    static func bytes(_ body: some Sequence<UInt8>, headers: String...) -> RawRequest {
        RawRequest(method: "POST", path: "/metrics/job/t", headers: headers, body: Array(body))
    }

    /// A request without a body.
    static func bare(_ method: String, _ path: String = "/metrics/job/t") -> RawRequest {
        RawRequest(method: method, path: path)
    }

    /// What is written to the socket.
    private var message: [UInt8] {
        var lines = ["\(method) \(path) \(version)", "Host: localhost", "Connection: close"] + headers
        if !headers.contains(where: { $0.hasPrefix("Transfer-Encoding") }) {
            lines.append("Content-Length: \(body.count)")
        }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    /// Sends it to a port of the loopback interface and reads until the connection ends.
    func send(to port: Int) throws -> Answer {
        let socket = try LoopbackSocket(port: port)
        try socket.write(message)
        var text = String(decoding: try socket.readToEnd(), as: UTF8.self)
        if text.hasPrefix("HTTP/1.1 100 "), let end = text.firstRange(of: "\r\n\r\n") {
            text.removeSubrange(..<end.upperBound)
        }
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
        let status = parts[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return Answer(status: status, head: String(parts[0]), body: String(parts.dropFirst().first ?? ""))
    }
}

extension Answer {
    /// The body's first line.
    var firstLine: String { String(body.prefix { !$0.isNewline }) }
}
