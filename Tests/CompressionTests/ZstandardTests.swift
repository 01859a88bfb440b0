import CZstd
import Testing

@testable import Compression

@Suite("Zstandard (B2, L1)")
struct ZstandardTests {
    private static let magic: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd]

    private func read(_ body: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        var zstandard = try Zstandard()
        var output: [UInt8] = []
        try zstandard.decompress(body.span, into: &output, limit: limit)
        return output
    }

    private func skippable(_ kind: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [0x50 | kind, 0x2a, 0x4d, 0x18] + Compressed.little(bytes.count, 4) + bytes
    }

    @Test func `several frames are read as one, and skippable ones skipped`() throws {
        let (first, second) = (Compressed.zstandard([1, 2]), Compressed.zstandard([3], [ZSTD_c_contentSizeFlag: 0]))
        let body =
            skippable(0, []) + first + skippable(15, [9, 9]) + second + Compressed.zstandard([]) + skippable(1, [])
        #expect(try read(body) == [1, 2, 3])
        #expect(try read(body, limit: 3) == [1, 2, 3])
        #expect(throws: CompressionError.tooLarge(limit: 2)) { try read(body, limit: 2) }
        #expect(try read(skippable(3, [1, 2, 3])) == [])
    }

    @Test func `a frame of any window is read, and takes no memory for it`() throws {
        // The largest window that there is, 2 GiB: no content size, one raw block, the last.
        let frame = Self.magic + [0, 0xa8] + [3 << 3 | 1, 0, 0] + Array("a 1".utf8)
        #expect(try read(frame) == Array("a 1".utf8))
        let long = Compressed.zstandard(Compressed.text, [ZSTD_c_windowLog: 30, ZSTD_c_contentSizeFlag: 0])
        #expect(try read(long) == Compressed.text)
    }

    @Test func `a frame that promises more than the limit is refused before memory is taken`() throws {
        let frame = Self.magic + [0xe0] + [UInt8](repeating: 127, count: 8) + [1, 0, 0]
        var zstandard = try Zstandard()
        var output: [UInt8] = []
        #expect(throws: CompressionError.tooLarge(limit: 1 << 30)) {
            try zstandard.decompress(frame.span, into: &output, limit: 1 << 30)
        }
        #expect(output.capacity == 0)
    }

    @Test(arguments: [2, 4] as [UInt8]) func `a frame that holds more or less than it promises is corrupt`(size: UInt8)
    {
        let frame = Self.magic + [0x20, size] + [3 << 3 | 1, 0, 0] + Array("a 1".utf8)
        #expect(throws: CompressionError.corrupt) { try read(frame) }
    }

    @Test func `a wrong checksum, a dictionary, an older format and other bytes are corrupt`() throws {
        let checked = Compressed.zstandard(Compressed.text, [ZSTD_c_checksumFlag: 1])
        let raw: [UInt8] = [3 << 3 | 1, 0, 0] + Array("a 1".utf8)
        let frames: [[UInt8]] = [
            checked.dropLast() + [checked[checked.count - 1] ^ 1],
            Self.magic + [0x21, 7, 3] + raw,
            [0x27, 0xb5, 0x2f, 0xfd] + Compressed.zstandard([1]).dropFirst(4),
            [0x28, 0xb6], [0x51, 0x2a, 0x4d, 0x19],
        ]
        for (index, frame) in frames.enumerated() {
            #expect(throws: CompressionError.corrupt, "frame \(index)") { try read(frame) }
        }
        #expect(try read(Self.magic + [0x20, 3] + raw) == Array("a 1".utf8))
        #expect(throws: CompressionError.truncated) { try read([0x28, 0xb5, 0x2f]) }
        #expect(throws: CompressionError.truncated) { try read([0x5f, 0x2a]) }
    }
}
