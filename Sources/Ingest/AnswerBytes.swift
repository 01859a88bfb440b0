import NIOCore
import NIOHTTP1

/// Answers as HTTP/1.1 writes them.
///
/// What nearly all pushes are answered is made once a second.
struct AnswerBytes {
    private var date = HTTPDate()
    private var delivered: Kept?
    private var deliveredLast: Kept?

    private struct Kept {
        var date: String
        var bytes: ByteBuffer
    }

    /// An answer at a second since the epoch.
    ///
    /// - Parameters:
    ///   - connection: the value of the header `Connection`, if there is to be one.
    ///   - hasBody: false for an answer to HEAD, which has the body's length and not the body.
    mutating func bytes(
        _ answer: HTTPAnswer, at second: Int64, connection: String? = nil, hasBody: Bool = true
    ) -> ByteBuffer {
        let date = date.text(at: second)
        guard answer == .delivered else { return Self.write(answer, date, connection, hasBody: hasBody) }
        switch connection {
        case nil: return Self.keep(&delivered, date, connection)
        case "close": return Self.keep(&deliveredLast, date, connection)
        default: return Self.write(answer, date, connection, hasBody: hasBody)
        }
    }

    private static func keep(_ kept: inout Kept?, _ date: String, _ connection: String?) -> ByteBuffer {
        if let kept, kept.date == date { return kept.bytes }
        let bytes = write(.delivered, date, connection, hasBody: true)
        kept = Kept(date: date, bytes: bytes)
        return bytes
    }

    private static func write(_ answer: HTTPAnswer, _ date: String, _ connection: String?, hasBody: Bool) -> ByteBuffer
    {
        var text = "HTTP/1.1 \(answer.status.code) \(answer.status.reasonPhrase)\r\nDate: \(date)\r\n"
        for header in answer.headers { text += "\(header.name): \(header.value)\r\n" }
        if let connection { text += "Connection: \(connection)\r\n" }
        text += "Content-Length: \(answer.body.utf8.count)\r\n\r\n"
        var bytes = ByteBuffer(string: text)
        if hasBody { bytes.writeString(answer.body) }
        return bytes
    }
}
