/// The cyclic redundancy check with Castagnoli's polynomial (RFC 3720, B.4), eight bytes at a time.
enum CRC32C {
    /// The checksum of the bytes.
    static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        let tables = tables
        let words = bytes.count / 8
        var value = ~UInt32(0)
        for word in 0..<words {
            let start = 8 * word
            let low = value ^ little(bytes, start)
            let high = little(bytes, start + 4)
            value =
                entry(tables, 7, low) ^ entry(tables, 6, low >> 8) ^ entry(tables, 5, low >> 16)
                ^ entry(tables, 4, low >> 24) ^ entry(tables, 3, high) ^ entry(tables, 2, high >> 8)
                ^ entry(tables, 1, high >> 16) ^ entry(tables, 0, high >> 24)
        }
        for index in 8 * words..<bytes.count {
            value = entry(tables, 0, value ^ UInt32(bytes[index])) ^ value >> 8
        }
        return ~value
    }

    /// The checksum as snappy's framed format stores it: turned, and moved by a constant.
    static func masked(_ bytes: Span<UInt8>) -> UInt32 {
        let checksum = checksum(bytes)
        return (checksum >> 15 | checksum << 17) &+ 0xa282_ead8
    }

    /// Eight tables of 256: what a byte comes to when so many bytes follow it.
    private static let tables: [UInt32] = {
        var tables = (0..<UInt32(256)).map { index in
            (0..<8).reduce(index) { value, _ in value & 1 == 1 ? 0x82f6_3b78 ^ value >> 1 : value >> 1 }
        }
        for index in 256..<8 * 256 {
            let shorter = tables[index - 256]
            tables.append(tables[Int(shorter & 255)] ^ shorter >> 8)
        }
        return tables
    }()

    @inline(__always)
    private static func entry(_ tables: [UInt32], _ distance: Int, _ byte: UInt32) -> UInt32 {
        tables[distance << 8 | Int(byte & 255)]
    }

    @inline(__always)
    private static func little(_ bytes: Span<UInt8>, _ start: Int) -> UInt32 {
        UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
            | UInt32(bytes[start + 3]) << 24
    }
}
