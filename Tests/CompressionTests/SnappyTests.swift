import Compression
import Testing

@Suite("Snappy, block format")
struct SnappyTests {
    private func compress(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        Snappy.compress(bytes.span, into: &output)
        return output
    }

    private func decompress(_ block: [UInt8], limit: Int) throws -> [UInt8] {
        try Snappy.decompress(block.span, limit: limit)
    }

    @Test(arguments: [0, 1, 60, 61, 70_000]) func `what goes in comes out`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 / 5) }
        #expect(try decompress(compress(bytes), limit: count) == bytes)
    }

    @Test func `a block is appended`() throws {
        var output: [UInt8] = [9]
        Snappy.compress([1, 2, 3].span, into: &output)
        #expect(output.first == 9)
        #expect(try decompress(Array(output[1...]), limit: 3) == [1, 2, 3])
    }

    @Test func `what a block holds is appended`() throws {
        var output: [UInt8] = [9]
        let block = compress([1, 2, 3])
        try Snappy.decompress(block.span, into: &output, limit: 3)
        #expect(output == [9, 1, 2, 3])
        let short = Array(block.dropLast())
        #expect(throws: CompressionError.corrupt) {
            try Snappy.decompress(short.span, into: &output, limit: 3)
        }
        #expect(output == [9, 1, 2, 3])
    }

    @Test func `a block that holds another number of bytes than it says is corrupt`() {
        #expect(throws: CompressionError.corrupt) { try decompress([0x02, 0x08, 0x61, 0x62, 0x63], limit: 9) }
        #expect(throws: CompressionError.corrupt) { try decompress([0x04, 0x08, 0x61, 0x62, 0x63], limit: 9) }
    }

    @Test func `a literal block of the specification is read`() throws {
        #expect(try decompress([0x03, 0x08, 0x61, 0x62, 0x63], limit: 3) == Array("abc".utf8))
    }

    @Test func `a block that says more than the limit is refused before memory is taken`() {
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
            try decompress([0xff, 0xff, 0xff, 0xff, 0x0f], limit: 1 << 20)
        }
    }

    @Test func `a block cut short at any byte is corrupt`() {
        let block = compress(Array(Compressed.text.prefix(500)))
        for count in block.indices {
            #expect(throws: CompressionError.corrupt, "at byte \(count)") {
                try decompress(Array(block[..<count]), limit: 1 << 20)
            }
        }
    }

    @Test func `no changed byte makes it read past its memory`() {
        let block = compress(Array(Compressed.text.prefix(500)))
        for index in block.indices {
            var changed = block
            changed[index] ^= 0xff
            let read = try? decompress(changed, limit: 1 << 20)
            #expect((read?.count ?? 0) <= 1 << 20)
        }
    }
}
