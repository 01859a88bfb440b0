import NIOCore
import NIOHTTP1

/// Answers as HTTP/1.1 writes them.
///
/// What nearly all pushes are answered is made once a second.
struct AnswerBytes {
    private var date = HTTPDate()
    private var delivered: (date: String, bytes: ByteBuffer)?

    /// An answer at a second since the epoch.
    ///
    /// - Parameters:
    ///   - connection: the value of the header `Connection`, if there is to be one.
    ///   - hasBody: false for an answer to HEAD, which has the body's length and not the body.
    mutating func bytes(
        _ answer: HTTPAnswer, at second: Int64, connection: String? = nil, hasBody: Bool = true
    ) -> ByteBuffer {
        let date = date.text(at: second)
        guard connection == nil, answer == .delivered else {
            return Self.write(answer, date, connection, hasBody: hasBody)
        }
        if let delivered, delivered.date == date { return delivered.bytes }
        let bytes = Self.write(answer, date, nil, hasBody: true)
        delivered = (date, bytes)
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
