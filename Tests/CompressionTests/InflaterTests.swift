import CZlib
import Compression
import Testing

@Suite("Inflater (B2, L1)")
struct InflaterTests {
    /// The gzip member that holds some bytes.
    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = unsafe z_stream()
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        unsafe deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, zlibVersion(), size)
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(unsafe deflateBound(&stream, UInt(bytes.count))))
        let room = output.count
        let left = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                unsafe deflate(&stream, Z_FINISH)
                return unsafe Int(stream.avail_out)
            }
        }
        return Array(output.prefix(room - left))
    }

    static let text = Array((0..<3_000).map { "metric_\($0 % 7){label=\"\($0)\"} \($0)\n" }.joined().utf8)

    private func gunzip(_ input: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        var inflater = try Inflater()
        var output: [UInt8] = []
        try inflater.gunzip(input.span, into: &output, limit: limit)
        return output
    }

    @Test(arguments: [0, 1, 17, 4_096, Self.text.count]) func `a member is read whole`(count: Int) throws {
        let bytes = Array(Self.text.prefix(count))
        #expect(try gunzip(Self.gzip(bytes)) == bytes)
    }

    @Test func `several members are read as one`() throws {
        let parts = [Array("a 1\n".utf8), [], Self.text]
        #expect(try gunzip(parts.flatMap(Self.gzip)) == parts.flatMap { $0 })
    }

    @Test func `a reader is used again, after an error too`() throws {
        var inflater = try Inflater()
        var output: [UInt8] = []
        let body = Self.gzip(Self.text)
        let short = Array(body[..<100])
        #expect(throws: CompressionError.truncated) {
            try inflater.gunzip(short.span, into: &output, limit: 1 << 20)
        }
        output = Array("before".utf8)
        try inflater.gunzip(body.span, into: &output, limit: 1 << 20)
        #expect(output == Array("before".utf8) + Self.text)
    }

    @Test func `a body cut short at any byte is truncated`() {
        let body = Self.gzip(Array(Self.text.prefix(500)))
        for count in body.indices {
            #expect(throws: CompressionError.truncated, "at byte \(count)") { try gunzip(Array(body[..<count])) }
        }
    }

    @Test func `a body with any byte changed is refused or reads the same`() {
        let bytes = Array(Self.text.prefix(500))
        let body = Self.gzip(bytes)
        for index in body.indices {
            var changed = body
            changed[index] ^= 0x55
            // Bytes of the header such as its time of change mean nothing for the content.
            if let read = try? gunzip(changed) { #expect(read == bytes, "at byte \(index)") }
        }
    }

    @Test func `something behind the end is refused`() {
        #expect(throws: CompressionError.corrupt) { try gunzip(Self.gzip(Self.text) + Array("garbage".utf8)) }
    }

    @Test func `plain text is refused`() {
        #expect(throws: CompressionError.corrupt) { try gunzip(Self.text) }
    }

    @Test func `what fills the limit is read, and one byte more is too large`() throws {
        let body = Self.gzip(Self.text)
        #expect(try gunzip(body, limit: Self.text.count) == Self.text)
        #expect(throws: CompressionError.tooLarge(limit: Self.text.count - 1)) {
            try gunzip(body, limit: Self.text.count - 1)
        }
        #expect(throws: CompressionError.tooLarge(limit: Self.text.count)) {
            try gunzip(body + Self.gzip([0]), limit: Self.text.count)
        }
    }

    @Test func `a bomb takes no more memory than its limit`() throws {
        let bomb = Self.gzip([UInt8](repeating: 0, count: 16 << 20))
        var inflater = try Inflater()
        var output: [UInt8] = []
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
            try inflater.gunzip(bomb.span, into: &output, limit: 1 << 20)
        }
        #expect(output.capacity <= 3 << 20)
    }
}
