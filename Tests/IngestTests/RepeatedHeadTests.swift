import NIOCore
import Testing

@testable import Ingest

@Suite("Heads that a connection repeats")
struct RepeatedHeadTests {
    private static let first =
        "PUT /metrics/job/a HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nContent-Encoding: gzip\r\n\r\n"
    private static let chunked = "PUT /metrics/job/a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"

    /// What a reader makes of the second of two heads, which comes behind a request of the first one, or alone.
    private func read(_ head: [UInt8], behind first: String?) -> (head: RequestHead?, flaw: RequestFlaw?, left: Int) {
        var decoder = RequestDecoder()
        if let first {
            var before = ByteBuffer(string: first + (first == Self.chunked ? "0\r\n\r\n" : "0123456789ab"))
            while let part = try? decoder.next(&before), part != .end {}
        }
        var bytes = ByteBuffer(bytes: head)
        do throws(RequestFlaw) {
            guard case .head(let head) = try decoder.next(&bytes) else { return (nil, nil, bytes.readableBytes) }
            return (head, nil, bytes.readableBytes)
        } catch {
            return (nil, error, 0)
        }
    }

    @Test func `the next head is the same, its length its own`() throws {
        for (length, expected) in [
            ("7", 7), ("12", 12), ("012", 12), ("0", 0), ("123456789012345678", 123_456_789_012_345_678),
        ] {
            let again = Self.first.replacing(": 12\r\n", with: ": \(length)\r\n")
            var decoder = RequestDecoder()
            var bytes = ByteBuffer(string: Self.first + "0123456789ab" + again + "rest")
            guard case .head(let one) = try decoder.next(&bytes) else { throw RequestFlaw.cutShort }
            while let part = try decoder.next(&bytes), part != .end {}
            guard case .head(let other) = try decoder.next(&bytes) else { throw RequestFlaw.cutShort }
            #expect(one.repeats(other))
            #expect(other.contentLength == expected && one.contentLength == 12)
            #expect(other[.contentEncoding] == "gzip")
            #expect(String(buffer: bytes) == "rest")
        }
    }

    @Test(arguments: [first, chunked])
    func `a head that differs in any byte, or is cut anywhere, is read as if it were the first`(text: String) {
        let bytes = Array(text.utf8)
        for index in bytes.indices {
            for byte in [0, 0x0a, 0x0d, 0x20, 0x2c, 0x30, 0x39, 0x3a, 0x41, 0x61, bytes[index] ^ 0x20] as [UInt8] {
                var other = bytes
                other[index] = byte
                let (alone, behind) = (read(other, behind: nil), read(other, behind: text))
                #expect(alone == behind, "\(index) \(byte)")
            }
            let cut = Array(bytes[..<index])
            #expect(read(cut, behind: nil) == read(cut, behind: text), "\(index)")
        }
    }

    @Test func `lengths that are none are refused behind a good one too`() {
        for length in ["", "+1", "1,1", "1 1", "1234567890123456789", "-1", "0x1"] {
            let again = Array(Self.first.replacing(": 12\r\n", with: ": \(length)\r\n").utf8)
            #expect(read(again, behind: Self.first).flaw == .length)
        }
    }

    @Test func `a long head is not kept`() {
        let long = Self.first.replacing("Host: x", with: "Host: " + String(repeating: "x", count: 2_000))
        #expect(read(Array(long.utf8), behind: long) == read(Array(long.utf8), behind: nil))
    }
}
