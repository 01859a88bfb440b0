import NIOCore
import NIOHTTP1
import Testing

@testable import Ingest

@Suite("Requests as they are read: RFC 9112, contract R8")
struct RequestDecoderTests {
    /// All parts of some bytes that come in pieces of a size, the pieces of a body joined, and what is wrong at the end.
    static func read(
        _ bytes: [UInt8], by size: Int = .max
    ) -> (parts: [RequestDecoder.Part], flaw: RequestFlaw?, isWithin: Bool) {
        var decoder = RequestDecoder()
        var (unread, rest) = (ByteBuffer(), ByteBuffer(bytes: bytes))
        var parts: [RequestDecoder.Part] = []
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            unread.writeImmutableBuffer(piece)
            do throws(RequestFlaw) {
                while let part = try decoder.next(&unread) {
                    if case .body(let more) = part, case .body(var body) = parts.last {
                        body.writeImmutableBuffer(more)
                        parts[parts.count - 1] = .body(body)
                    } else {
                        parts.append(part)
                    }
                }
            } catch {
                return (parts, error, true)
            }
        }
        return (parts, nil, decoder.isWithin(unread))
    }

    private func flaw(_ text: String) -> RequestFlaw? { Self.read(Array(text.utf8)).flaw }

    @Test func `a request with a length is a head, a body and an end`() throws {
        let text = "\r\n\r\nPUT /a%20b?c HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:\t 5 \r\nContent-Type:\r\n\r\nhello"
        for size in [1, 2, 3, 7, .max] {
            let (parts, flaw, isWithin) = Self.read(Array(text.utf8), by: size)
            var head = RequestHead(.PUT, "/a%20b?c")
            head.contentLength = 5
            head.add(.contentType, "")
            #expect(parts == [.head(head), .body(ByteBuffer(string: "hello")), .end])
            #expect(flaw == nil && !isWithin)
        }
    }

    @Test func `chunks are joined, their extensions and trailers left out`() throws {
        let text = """
            POST / HTTP/1.1\r
            Transfer-Encoding: Chunked\r
            \r
            5\r
            hello\r
            00A;name="a value"\r
            0123456789\r
            0\r
            Digest: x\r
            Other:\r
            \r
            GET / HTTP/1.0\r
            \r

            """
        for size in [1, 2, 3, 7, .max] {
            let (parts, flaw, isWithin) = Self.read(Array(text.utf8), by: size)
            let head = RequestHead(.POST, "/")
            head.add(.transferEncoding, "Chunked")
            let get = RequestHead(.GET, "/", version: .http1_0)
            #expect(parts == [.head(head), .body(ByteBuffer(string: "hello0123456789")), .end, .head(get), .end])
            #expect(flaw == nil && !isWithin)
        }
    }

    @Test(
        arguments: [
            ("\u{16}\u{3}\u{1}", .method), ("{\"a\":1}", .method), (" GET / HTTP/1.1\r\n\r\n", .method),
            ("GET\t/ HTTP/1.1\r\n\r\n", .method), ("hello\r\n\r\n", .method),
            (String(repeating: "A", count: 40), .method),
            ("GET  HTTP/1.1\r\n\r\n", .target), ("GET /\u{7f} HTTP/1.1\r\n\r\n", .target),
            ("GET /\t HTTP/1.1\r\n\r\n", .target), ("GET a/b HTTP/1.1\r\n\r\n", .target),
            ("GET /a b HTTP/1.1\r\n\r\n", .blankInTarget),
            ("GET / http/1.1\r\n\r\n", .blankInTarget), ("GET /\r\n\r\n", .version), ("GET / \r\n\r\n", .blankInTarget),
            ("PRI * HTTP/2.0\r\n\r\n", .version), ("GET / HTTP/1.1 \r\n\r\n", .version),
            ("GET / HTTP/1.1\n\n", .version),
            ("GET / HTTP/1.1\r\n: x\r\n\r\n", .header), ("GET / HTTP/1.1\r\na : x\r\n\r\n", .header),
            ("GET / HTTP/1.1\r\na: x\r\n b\r\n\r\n", .header), ("GET / HTTP/1.1\r\n a: x\r\n\r\n", .header),
            ("GET / HTTP/1.1\r\nHost: a\r\nhOST: b\r\n\r\n", .header),
            ("GET / HTTP/1.1\r\na\r\n\r\n", .header), ("GET / HTTP/1.1\r\na: x\n\r\n", .header),
            ("GET / HTTP/1.1\r\na: \u{0}\r\n\r\n", .header), ("GET / HTTP/1.1\r\na: x\ry\r\n\r\n", .header),
            ("GET / HTTP/1.1\r\na: x\r\n\n", .header),
        ] as [(String, RequestFlaw)])
    func `what is no head is refused`(text: String, expected: RequestFlaw) {
        #expect(flaw(text) == expected)
    }

    @Test(
        arguments: [
            ("Content-Length: 1\r\nContent-Length: 1", .length), ("Content-Length: +1", .length),
            ("Content-Length: 1, 1", .length), ("Content-Length:", .length), ("Content-Length: 0x1", .length),
            ("Content-Length: 9999999999999999999", .length), ("Content-Length: -1", .length),
            ("Content-Length: 1\r\nTransfer-Encoding: chunked", .framing),
            ("Transfer-Encoding: chunked\r\nContent-Length: 1", .framing),
            ("Transfer-Encoding: gzip, chunked", .framing),
            ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", .framing),
            ("Transfer-Encoding: gzip", .framing),
            ("Transfer-Encoding: chunked, identity", .framing), ("Transfer-Encoding: \u{b}chunked", .header),
            ("Transfer-Encoding:", .framing), ("Transfer-Encoding: xchunked", .framing),
            ("Transfer-Encoding: chun\u{212a}ed", .framing),
        ] as [(String, RequestFlaw)])
    func `a body whose end is in doubt is refused`(headers: String, expected: RequestFlaw) {
        #expect(flaw("POST / HTTP/1.1\r\n\(headers)\r\n\r\nx") == expected)
    }

    @Test func `HTTP 1.0 has no chunks`() {
        #expect(flaw("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == .framing)
    }

    @Test(arguments: [
        "\r\n", "g\r\n", "0x5\r\n", "-1\r\n", "5\nhello\r\n", "5 x\r\n", "5 \r\n", "5;\u{1}\r\n", "5;a=\"b\r\n",
        "5;a:b\r\n", "5=a\r\n", "5\r\nhello!\r\n",
        "5\r\nhello\n", "5\r\nhello0\r\n", "1000000000000000\r\n", String(repeating: "0", count: 5_000),
        "5;" + String(repeating: "x", count: 5_000) + "\r\n", "5\rhello\r\n",
    ])
    func `a bad chunk is refused`(chunk: String) {
        #expect(flaw("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)") == .chunk)
    }

    @Test(arguments: [
        "GET /" + String(repeating: "a", count: 40_000),
        "GET / HTTP/1.1\r\na: " + String(repeating: "a", count: 40_000),
        "GET / HTTP/1.1\r\n" + String(repeating: "a: b\r\n", count: 200) + "\r\n",
        "GET / HTTP/1.1\r\n" + String(repeating: "a: \(String(repeating: "b", count: 10_000))\r\n", count: 7) + "\r\n",
    ])
    func `what is too large is refused before it is whole`(text: String) {
        #expect(flaw(text) == .headTooLarge)
        #expect(Self.read(Array(text.utf8), by: 1_000).flaw == .headTooLarge)
    }

    @Test func `trailers are bounded`() {
        let head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        #expect(flaw(head + String(repeating: "a: b\r\n", count: 200)) == .headTooLarge)
        #expect(flaw(head + " a: b\r\n") == .header)
        #expect(flaw(head + "Content-Length: 5\r\n") == .framing)
    }

    @Test(arguments: ["", "\r\n", "GET", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\n\r\n"])
    func `what is not whole is known`(text: String) {
        let (_, flaw, isWithin) = Self.read(Array(text.utf8))
        #expect(flaw == nil)
        #expect(isWithin == (text.hasPrefix("GET") && !text.hasSuffix("\r\n\r\n")))
    }

    @Test func `raw UTF-8 stands in a target, other bytes do not`() {
        #expect(Self.read(Array("GET /ä HTTP/1.1\r\n\r\n".utf8)).parts == [.head(RequestHead(.GET, "/ä")), .end])
        #expect(Self.read(Array("GET /".utf8) + [0xff] + Array(" HTTP/1.1\r\n\r\n".utf8)).flaw == .target)
    }
}
