/// Bodies in every coding, written without the libraries that read them; `Gzip` has gzip.
enum Encoded {
    /// deflate without a frame (RFC 1951).
    static func raw(_ bytes: [UInt8]) -> [UInt8] { Array(Gzip.stored(bytes).dropFirst(10).dropLast(8)) }

    /// deflate with zlib's frame (RFC 1950).
    static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        let sums = bytes.reduce((a: 1, b: 0)) { sums, byte in
            let a = (sums.a + Int(byte)) % 65_521
            return (a, (sums.b + a) % 65_521)
        }
        return [0x78, 0x01] + raw(bytes) + little(sums.b << 16 | sums.a, 4).reversed()
    }

    /// A snappy block of literals.
    static func block(_ bytes: [UInt8]) -> [UInt8] {
        var output = varint(bytes.count)
        for start in stride(from: 0, to: bytes.count, by: 65_536) {
            let literal = bytes[start..<min(start + 65_536, bytes.count)]
            output += [61 << 2] + little(literal.count - 1, 2) + literal
        }
        return output
    }

    /// A framed snappy stream of uncompressed chunks.
    static func framed(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = [0xff, 6, 0, 0] + Array("sNaPpY".utf8)
        for start in stride(from: 0, to: bytes.count, by: 65_536) {
            let data = bytes[start..<min(start + 65_536, bytes.count)]
            output += [1] + little(4 + data.count, 3) + little(Int(maskedChecksum(data)), 4) + data
        }
        return output
    }

    /// A Zstandard frame of raw blocks, which does not say how much it holds.
    static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var output = zstdHeader
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(131_072)
            rest = rest.dropFirst(block.count)
            output += little(block.count << 3 | (rest.isEmpty ? 1 : 0), 3) + block
        } while !rest.isEmpty
        return output
    }

    /// One byte, repeated, in deflate without a frame: 1 and 258 for each run.
    static func rawBomb(_ byte: UInt8, runs: Int) -> [UInt8] {
        Array(Gzip.bomb(byte, runs: runs).dropFirst(10).dropLast(8))
    }

    /// One byte, repeated, in a snappy block: 1 and 64 for each run.
    static func blockBomb(_ byte: UInt8, runs: Int) -> [UInt8] {
        varint(1 + 64 * runs) + [0, byte] + repeatElement([63 << 2 | 2, 1, 0], count: runs).joined()
    }

    /// One byte, repeated, in a Zstandard frame that does not say how often: 128 KiB for each run.
    static func zstdBomb(_ byte: UInt8, runs: Int) -> [UInt8] {
        zstdHeader + (1...runs).flatMap { little(131_072 << 3 | 1 << 1 | ($0 == runs ? 1 : 0), 3) + [byte] }
    }

    /// A window of 128 KiB, no content size, no checksum (RFC 8878, 3.1.1.1).
    private static let zstdHeader: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3]

    private static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    private static func varint(_ value: Int) -> [UInt8] {
        value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + varint(value >> 7)
    }

    /// CRC-32C as the framed format stores it.
    private static func maskedChecksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        let checksum = ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
        return (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0x82f6_3b78 ^ (value >> 1) : value >> 1 }
    }
}
