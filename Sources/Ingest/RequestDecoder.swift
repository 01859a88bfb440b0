import Bytes
import NIOCore
import NIOHTTP1

/// Reads HTTP/1.1 requests (RFC 9112) from the bytes of a connection, as few of them as there are.
///
/// Strict where leniency would let two readers disagree about where a request ends: every line ends with CRLF, no header
/// is folded, a length is given once, and Transfer-Encoding is chunked and alone. After a flaw it is not asked again.
struct RequestDecoder {
    /// A part of a request.
    enum Part: Equatable {
        case head(RequestHead)
        /// Some bytes of the body; never none.
        case body(ByteBuffer)
        case end
    }

    /// What is read at most of a head, or of the trailers, or of the line before a chunk.
    private enum Limit {
        static let head = 64 << 10
        static let line = 32 << 10
        static let lines = 128
        static let chunkLine = 4 << 10
    }

    private enum State {
        /// Within a head, of which so many bytes have been looked at in so many lines; the last line begins there.
        case head(seen: Int, line: Int, lines: Int)
        /// Within a body of so many bytes more.
        case body(Int)
        case chunkLine
        case chunk(Int)
        case chunkEnd
        /// Behind the last chunk, with so many bytes of trailers so far in so many lines.
        case trailers(Int, lines: Int)
        case end
    }

    private var state = State.head(seen: 0, line: 0, lines: 0)
    private var last = RepeatedHead()

    /// Whether a request has begun that is not whole, `unread` being what has not been read.
    func isWithin(_ unread: ByteBuffer) -> Bool {
        guard case .head = state else { return true }
        return unread.readableBytes > 0
    }

    /// The next part, whose bytes are taken away; nil where more bytes are needed.
    mutating func next(_ unread: inout ByteBuffer) throws(RequestFlaw) -> Part? {
        while true {
            switch state {
            case .head(let seen, let line, let lines):
                return try head(&unread, from: (seen, line, lines)).map { .head($0) }
            case .body(let count):
                guard let bytes = take(count, from: &unread) else { return nil }
                state = count > bytes.readableBytes ? .body(count - bytes.readableBytes) : .end
                return .body(bytes)
            case .chunkLine:
                guard let line = try line(&unread, limit: Limit.chunkLine, else: .chunk) else { return nil }
                let count = try ChunkSize.read(line.readableBytesUInt8Span)
                state = count > 0 ? .chunk(count) : .trailers(0, lines: 0)
            case .chunk(let count):
                guard let bytes = take(count, from: &unread) else { return nil }
                state = count > bytes.readableBytes ? .chunk(count - bytes.readableBytes) : .chunkEnd
                return .body(bytes)
            case .chunkEnd:
                guard let line = try line(&unread, limit: 2, else: .chunk) else { return nil }
                guard line.readableBytes == 0 else { throw .chunk }
                state = .chunkLine
            case .trailers(let size, let lines):
                guard let line = try line(&unread, limit: Limit.line, else: .header) else { return nil }
                guard line.readableBytes > 0 else {
                    state = .end
                    continue
                }
                guard size + line.readableBytes <= Limit.head, lines < Limit.lines else { throw .headTooLarge }
                let header = try HeaderLine(line.readableBytesUInt8Span)
                if header.field == .contentLength || header.field == .transferEncoding { throw .framing }
                state = .trailers(size + line.readableBytes, lines: lines + 1)
            case .end:
                state = .head(seen: 0, line: 0, lines: 0)
                return .end
            }
        }
    }

    /// Up to so many bytes; nil where there are none.
    private func take(_ count: Int, from unread: inout ByteBuffer) -> ByteBuffer? {
        guard unread.readableBytes > 0 else { return nil }
        return unread.readSlice(length: min(count, unread.readableBytes))
    }

    /// The next line without its CRLF; nil where it has no end yet.
    private func line(
        _ unread: inout ByteBuffer, limit: Int, else flaw: RequestFlaw
    ) throws(RequestFlaw) -> ByteBuffer? {
        guard let end = try Self.lineEnd(unread.readableBytesUInt8Span, limit: limit, else: flaw) else { return nil }
        let line = unread.readSlice(length: end)
        unread.moveReaderIndex(forwardBy: 2)
        return line
    }

    private static func lineEnd(
        _ bytes: borrowing Span<UInt8>, limit: Int, else flaw: RequestFlaw
    ) throws(RequestFlaw) -> Int? {
        let end = BlockScanner.find(UInt8(ascii: "\n"), in: bytes, from: 0)
        guard end <= limit + 1 else { throw flaw }
        guard end < bytes.count else { return nil }
        guard end > 0, bytes[end - 1] == UInt8(ascii: "\r") else { throw flaw }
        return end - 1
    }
}

// The head.
extension RequestDecoder {
    /// How much of a head has been looked at: bytes, the beginning of the last line, the lines before it.
    private typealias Progress = (seen: Int, line: Int, lines: Int)

    private mutating func head(
        _ unread: inout ByteBuffer, from progress: Progress
    ) throws(RequestFlaw) -> RequestHead? {
        if progress.seen == 0 {
            Self.skipEmptyLines(&unread)
            if let (head, count) = last.match(unread.readableBytesUInt8Span) {
                state = Self.body(of: head)
                unread.moveReaderIndex(forwardBy: count)
                return head
            }
        }
        guard unread.readableBytes > 0 else { return nil }
        var progress = progress
        guard try Self.findEnd(unread.readableBytesUInt8Span, from: &progress) else {
            state = .head(seen: progress.seen, line: progress.line, lines: progress.lines)
            return nil
        }
        let (head, length) = try Self.read(unread.readableBytesUInt8Span.extracting(..<progress.line))
        state = Self.body(of: head)
        let end = progress.line + 2
        if head.isKeepAlive { last.learn(head, unread.readableBytesUInt8Span.extracting(..<end), length: length) }
        unread.moveReaderIndex(forwardBy: end)
        return head
    }

    /// Looks for the empty line that ends a head; false where it is not there yet.
    private static func findEnd(
        _ bytes: borrowing Span<UInt8>, from progress: inout Progress
    ) throws(RequestFlaw) -> Bool {
        // What is no HTTP at all may have no lines, and is to be told at once.
        if progress.line == 0 { _ = try RequestLine.method(bytes) }
        while true {
            let end = BlockScanner.find(UInt8(ascii: "\n"), in: bytes, from: progress.seen)
            guard end - progress.line <= Limit.line, end <= Limit.head, progress.lines <= Limit.lines + 1 else {
                throw .headTooLarge
            }
            progress.seen = end
            guard end < bytes.count else { return false }
            guard end > progress.line, bytes[end - 1] == UInt8(ascii: "\r") else {
                throw progress.line == 0 ? .version : .header
            }
            guard end - 1 > progress.line else { return true }
            progress = (end + 1, end + 1, progress.lines + 1)
        }
    }

    /// Skips what stands between requests (RFC 9112, 2.2).
    private static func skipEmptyLines(_ unread: inout ByteBuffer) {
        while let byte = unread.getInteger(at: unread.readerIndex, as: UInt8.self),
            byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
        {
            unread.moveReaderIndex(forwardBy: 1)
        }
    }

    /// Reads a head whose lines all end with CRLF, without the empty one; and where the length of the body stands.
    private static func read(_ bytes: borrowing Span<UInt8>) throws(RequestFlaw) -> (RequestHead, length: Range<Int>?) {
        var start = BlockScanner.find(UInt8(ascii: "\n"), in: bytes, from: 0) + 1
        var head = try RequestLine.read(bytes.extracting(..<(start - 2)))
        var hasHost = false
        var length: Range<Int>?
        while start < bytes.count {
            let end = BlockScanner.find(UInt8(ascii: "\n"), in: bytes, from: start)
            let line = bytes.extracting(start..<end - 1)
            let header = try HeaderLine(line)
            if header.isHost {
                guard !hasHost else { throw .header }
                hasHost = true
            }
            if header.field == .contentLength {
                guard length == nil else { throw .length }
                length = start + header.value.lowerBound..<start + header.value.upperBound
            } else if let field = header.field {
                guard let value = line.extracting(header.value).text else { throw .header }
                head.add(field, value)
            }
            start = end + 1
        }
        try checkFraming(head, hasLength: length != nil)
        if let length {
            guard let count = RepeatedHead.length(bytes.extracting(length)) else { throw .length }
            head.contentLength = count
        }
        return (head, length)
    }

    /// Refuses what two readers could hold for different lengths (RFC 9112, 6.1).
    private static func checkFraming(_ head: RequestHead, hasLength: Bool) throws(RequestFlaw) {
        guard let coding = head[.transferEncoding] else { return }
        // Letters of ASCII alone have two cases here: the sign of the kelvin is another reader's unknown coding.
        let isChunked = coding.utf8.count == 7 && coding.lowercased() == "chunked"
        guard isChunked, !hasLength, head.version == .http1_1 else { throw .framing }
    }

    /// What follows a head (RFC 9112, 6.3).
    private static func body(of head: RequestHead) -> State {
        guard head[.transferEncoding] == nil else { return .chunkLine }
        return head.contentLength.map { $0 > 0 ? .body($0) : .end } ?? .end
    }
}
