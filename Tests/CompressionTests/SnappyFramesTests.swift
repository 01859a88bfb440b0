import Testing

@testable import Compression

@Suite("Snappy, framed format (B2)")
struct SnappyFramesTests {
    private typealias C = Compressed

    private func read(_ stream: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        var output: [UInt8] = []
        try SnappyFrames.decompress(stream.span, into: &output, limit: limit)
        return output
    }

    @Test func `chunks are joined, compressed or not`() throws {
        let text = Array(C.text.prefix(60_000))
        let stream = C.identifier + C.data(text) + C.data(text, isCompressed: false) + C.data([])
        #expect(try read(stream) == text + text)
    }

    @Test func `padding, skippable chunks and repeated identifiers mean nothing`() throws {
        let nothing = [0x80, 0x99, 0xfd, 0xfe].flatMap { C.chunk($0, [1, 2, 3]) + C.chunk($0, []) } + C.identifier
        let stream = C.identifier + nothing + C.data([1]) + nothing + C.data([2]) + nothing
        #expect(try read(stream) == [1, 2])
        #expect(try read(C.identifier) == [])
    }

    @Test(arguments: [0x02, 0x40, 0x7f] as [UInt8])
    func `a reserved chunk that may not be skipped is refused`(type: UInt8) {
        #expect(throws: CompressionError.corrupt) { try read(C.identifier + C.chunk(type, [1])) }
    }

    @Test func `an identifier of another kind is refused`() {
        for identifier in [
            C.chunk(0xff, Array("sNaPpy".utf8)), C.chunk(0xff, Array("sNaPpYY".utf8)), C.chunk(0xff, []),
        ] {
            #expect(throws: CompressionError.corrupt) { try read(C.identifier + identifier) }
            #expect(throws: CompressionError.corrupt) { try read(identifier) }
        }
    }

    @Test(arguments: [true, false]) func `a chunk with a wrong checksum is refused`(isCompressed: Bool) {
        let data = C.data([1, 2, 3, 4], isCompressed: isCompressed)
        for index in 4..<8 {
            var changed = data
            changed[index] ^= 1
            #expect(throws: CompressionError.corrupt) { try read(C.identifier + changed) }
        }
        #expect(throws: CompressionError.corrupt) { try read(C.identifier + C.chunk(isCompressed ? 0 : 1, [1, 2, 3])) }
    }

    @Test(arguments: [true, false]) func `a chunk holds 64 KiB at most`(isCompressed: Bool) throws {
        let most = [UInt8](repeating: 7, count: 65_536)
        #expect(try read(C.identifier + C.data(most, isCompressed: isCompressed)) == most)
        #expect(throws: CompressionError.corrupt) {
            try read(C.identifier + C.data(most + [7], isCompressed: isCompressed))
        }
    }

    @Test func `a chunk cut short is truncated`() {
        let stream = C.identifier + C.data([1, 2, 3]) + C.chunk(0xfe, [0, 0])
        let ends = [C.identifier.count, C.identifier.count + C.data([1, 2, 3]).count]
        for count in C.identifier.count..<stream.count where !ends.contains(count) {
            #expect(throws: CompressionError.truncated, "at byte \(count)") { try read(Array(stream[..<count])) }
        }
    }

    @Test func `the limit is that of the whole stream`() throws {
        let stream = C.identifier + C.data([1, 2]) + C.data([3, 4])
        #expect(try read(stream, limit: 4) == [1, 2, 3, 4])
        #expect(throws: CompressionError.tooLarge(limit: 3)) { try read(stream, limit: 3) }
    }
}
