/// gzip bodies without zlib: what is inflated here was not deflated by the same library.
enum Gzip {
    /// The bytes as they are, in stored blocks (RFC 1951, 3.2.4).
    static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var output = header
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let count = UInt16(block.count)
            output += [rest.isEmpty ? 1 : 0] + little(UInt64(count), 2) + little(UInt64(~count), 2) + block
        } while !rest.isEmpty
        return output + little(UInt64(crc(bytes)), 4) + little(UInt64(bytes.count), 4)
    }

    static func stored(_ text: String) -> [UInt8] { stored(Array(text.utf8)) }

    /// One byte, repeated: 1 and 258 for each `run` (RFC 1951, 3.2.6); some 150 times smaller than what it becomes.
    static func bomb(_ byte: UInt8, runs: Int) -> [UInt8] {
        var bits = Bits()
        bits.append(0b1, 1)  // the last block
        bits.append(0b01, 2)  // fixed codes
        bits.append(code: 0x30 + UInt16(byte), 8)  // a literal below 144
        for _ in 0..<runs {
            bits.append(code: 0b1100_0101, 8)  // length 258
            bits.append(code: 0, 5)  // distance 1
        }
        bits.append(code: 0, 7)  // the end
        let bytes = [UInt8](repeating: byte, count: 1 + 258 * runs)
        return header + bits.bytes + little(UInt64(crc(bytes)), 4) + little(UInt64(bytes.count), 4)
    }

    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

    private static func little(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
    }

    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xedb8_8320 ^ (value >> 1) : value >> 1 }
    }
}

/// Bits in the order of RFC 1951, 3.1.1.
private struct Bits {
    var bytes: [UInt8] = []
    private var used = 8

    /// Appends a number, the lowest bit first.
    mutating func append(_ value: UInt16, _ count: Int) {
        for shift in 0..<count { append(bit: UInt8(truncatingIfNeeded: value >> UInt16(shift)) & 1) }
    }

    /// Appends a Huffman code, the highest bit first.
    mutating func append(code: UInt16, _ count: Int) {
        for shift in (0..<count).reversed() { append(bit: UInt8(truncatingIfNeeded: code >> UInt16(shift)) & 1) }
    }

    private mutating func append(bit: UInt8) {
        if used == 8 {
            bytes.append(0)
            used = 0
        }
        bytes[bytes.count - 1] |= bit << UInt8(used)
        used += 1
    }
}
