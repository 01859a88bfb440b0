import Compression
import Testing

@Suite("Inflater (B2, L1)")
struct InflaterTests {
    private func gunzip(_ input: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        var inflater = try Inflater()
        var output: [UInt8] = []
        try inflater.gunzip(input.span, into: &output, limit: limit)
        return output
    }

    @Test(arguments: [0, 1, 17, 4_096, Compressed.text.count]) func `a member is read whole`(count: Int) throws {
        let bytes = Array(Compressed.text.prefix(count))
        #expect(try gunzip(Compressed.gzip(bytes)) == bytes)
    }

    @Test func `several members are read as one`() throws {
        let parts = [Array("a 1\n".utf8), [], Compressed.text]
        #expect(try gunzip(parts.flatMap(Compressed.gzip)) == parts.flatMap { $0 })
    }

    @Test func `a reader is used again, after an error too`() throws {
        var inflater = try Inflater()
        var output: [UInt8] = []
        let body = Compressed.gzip(Compressed.text)
        let short = Array(body[..<100])
        #expect(throws: CompressionError.truncated) {
            try inflater.gunzip(short.span, into: &output, limit: 1 << 20)
        }
        output = Array("before".utf8)
        try inflater.gunzip(body.span, into: &output, limit: 1 << 20)
        #expect(output == Array("before".utf8) + Compressed.text)
    }

    @Test func `a body cut short at any byte is truncated`() {
        let body = Compressed.gzip(Array(Compressed.text.prefix(500)))
        for count in body.indices {
            #expect(throws: CompressionError.truncated, "at byte \(count)") { try gunzip(Array(body[..<count])) }
        }
    }

    @Test func `a body with any byte changed is refused or reads the same`() {
        let bytes = Array(Compressed.text.prefix(500))
        let body = Compressed.gzip(bytes)
        for index in body.indices {
            var changed = body
            changed[index] ^= 0x55
            // Bytes of the header such as its time of change mean nothing for the content.
            if let read = try? gunzip(changed) { #expect(read == bytes, "at byte \(index)") }
        }
    }

    @Test func `something behind the end is refused`() {
        #expect(throws: CompressionError.corrupt) {
            try gunzip(Compressed.gzip(Compressed.text) + Array("garbage".utf8))
        }
    }

    @Test func `plain text is refused`() {
        #expect(throws: CompressionError.corrupt) { try gunzip(Compressed.text) }
    }

    @Test func `what fills the limit is read, and one byte more is too large`() throws {
        let body = Compressed.gzip(Compressed.text)
        #expect(try gunzip(body, limit: Compressed.text.count) == Compressed.text)
        #expect(throws: CompressionError.tooLarge(limit: Compressed.text.count - 1)) {
            try gunzip(body, limit: Compressed.text.count - 1)
        }
        #expect(throws: CompressionError.tooLarge(limit: Compressed.text.count)) {
            try gunzip(body + Compressed.gzip([0]), limit: Compressed.text.count)
        }
    }

    @Test func `a limit counts what is appended, and is named as it was given`() throws {
        var inflater = try Inflater()
        var output = [UInt8](repeating: 0, count: 100)
        let body = Compressed.gzip([1, 2, 3])
        try inflater.gunzip(body.span, into: &output, limit: 3)
        #expect(output.count == 103)
        #expect(throws: CompressionError.tooLarge(limit: 2)) {
            try inflater.gunzip(body.span, into: &output, limit: 2)
        }
    }

    @Test func `a bomb takes no more memory than its limit`() throws {
        let bomb = Compressed.gzip([UInt8](repeating: 0, count: 16 << 20))
        var inflater = try Inflater()
        var output: [UInt8] = []
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
            try inflater.gunzip(bomb.span, into: &output, limit: 1 << 20)
        }
        #expect(output.capacity <= 3 << 20)
    }

    @Test func `memory that is there is not left for more`() throws {
        var inflater = try Inflater()
        var output: [UInt8] = []
        output.reserveCapacity(Compressed.text.count + 128)
        let capacity = output.capacity
        let body = Compressed.gzip(Compressed.text)
        try inflater.gunzip(body.span, into: &output, limit: Compressed.text.count)
        #expect(output.capacity == capacity)
    }
}

@Suite("Inflater, deflate (B2)")
struct InflaterDeflateTests {
    private func inflate(_ input: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        var inflater = try Inflater()
        var output: [UInt8] = [9]
        try inflater.inflate(input.span, into: &output, limit: limit)
        return Array(output.dropFirst())
    }

    @Test(arguments: 9...15 as ClosedRange<Int32>)
    func `it is read with zlib's frame and without, whatever the window`(window: Int32) throws {
        #expect(try inflate(Compressed.deflated(Compressed.text, window: window)) == Compressed.text)
        #expect(try inflate(Compressed.deflated(Compressed.text, window: -window)) == Compressed.text)
    }

    @Test func `zlib's frame is checked to its end`() {
        let body = Compressed.deflated(Compressed.text, window: 15)
        #expect(throws: CompressionError.corrupt) { try inflate(Array(body.dropLast()) + [body[body.count - 1] ^ 1]) }
        #expect(throws: CompressionError.truncated) { try inflate(Array(body.dropLast())) }
        #expect(throws: CompressionError.corrupt) { try inflate(body + [0]) }
        #expect(throws: CompressionError.corrupt) { try inflate(body + body) }
        // A header that asks for a dictionary.
        #expect(throws: CompressionError.corrupt) { try inflate([0x78, 0xbb] + body.dropFirst(2)) }
    }

    @Test func `without a frame, bytes that look like one are read all the same`() throws {
        // Stored blocks of 0x019c and of 0x0001 bytes; the first one's padding makes its head look like zlib's.
        let bytes = Array(Compressed.text.prefix(0x019c))
        let body = [0x78, 0x9c, 0x01, 0x63, 0xfe] + bytes + [1, 1, 0, 0xfe, 0xff, 7]
        #expect(try inflate(body) == bytes + [7])
        #expect(throws: CompressionError.truncated) { try inflate(Array(body.dropLast())) }
        #expect(throws: CompressionError.corrupt) { try inflate(body + [0]) }
        #expect(throws: CompressionError.tooLarge(limit: bytes.count)) { try inflate(body, limit: bytes.count) }
    }
}
