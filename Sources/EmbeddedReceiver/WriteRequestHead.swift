import NIOHTTP1
import RemoteWrite

/// What follows from the head of a request.
enum WriteRequestHead: Equatable {
    /// It is a write request of this version: its body is wanted.
    case write(RemoteWriteVersion)
    /// It is answered without its body.
    case answer(ReceiverAnswer)

    /// Judges a head by the routes and by what the specifications demand of a sender: RW1 "Protocol", RW2 "Protocol".
    init(_ head: HTTPRequestHead, limit: Int) {
        let path = head.uri.prefix { $0 != "?" }
        if path == "/-/healthy" {
            let isRead = [.GET, .HEAD].contains(head.method)
            self = .answer(isRead ? ReceiverAnswer(200, "OK") : Self.notAllowed(head.method, allowed: "GET, HEAD"))
        } else if !path.hasSuffix("/write") && !path.hasSuffix("/api/v1/push") {
            self = .answer(ReceiverAnswer(404, "not found: remote write goes to /api/v1/write"))
        } else if head.method != .POST {
            self = .answer(Self.notAllowed(head.method, allowed: "POST"))
        } else if let length = head.headers.first(name: "content-length").flatMap({ Int($0) }), length > limit {
            self = .answer(.bodyTooLarge(limit: limit))
        } else {
            self.init(headers: head.headers)
        }
    }

    private init(headers: HTTPHeaders) {
        let type = headers["content-type"].joined(separator: ", ")
        let encoding = headers["content-encoding"].joined(separator: ", ")
        guard let version = Self.version(ofContentType: type) else {
            let known = ["application/x-protobuf"] + RemoteWriteVersion.allCases.map(Self.contentType)
            let wanted = known.joined(separator: " or ")
            self = .answer(ReceiverAnswer(415, "Content-Type must be \(wanted), not \"\(type.prefix(100))\""))
            return
        }
        guard encoding.lowercased() == "snappy" else {
            self = .answer(ReceiverAnswer(415, "Content-Encoding must be snappy, not \"\(encoding.prefix(100))\""))
            return
        }
        for name in ["X-Prometheus-Remote-Write-Version", "User-Agent"] where headers[name].allSatisfy(\.isEmpty) {
            self = .answer(ReceiverAnswer(400, "header \(name) is missing"))
            return
        }
        self = .write(version)
    }

    /// The version that a media type names: these three and no blanks, because receivers take nothing else.
    private static func version(ofContentType type: String) -> RemoteWriteVersion? {
        type == "application/x-protobuf" ? .v1 : RemoteWriteVersion.allCases.first { contentType($0) == type }
    }

    private static func contentType(_ version: RemoteWriteVersion) -> String {
        "application/x-protobuf;proto=\(version.message)"
    }

    private static func notAllowed(_ method: HTTPMethod, allowed: String) -> ReceiverAnswer {
        ReceiverAnswer(
            405, "method \(method.rawValue) is not allowed here, \(allowed) is",
            headers: [ReceiverAnswer.Header("Allow", allowed)])
    }
}

extension ReceiverAnswer {
    static func bodyTooLarge(limit: Int) -> ReceiverAnswer {
        ReceiverAnswer(413, "the body has more than \(limit) bytes")
    }
}
