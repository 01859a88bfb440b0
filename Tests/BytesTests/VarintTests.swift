import Bytes
import Testing

@Suite("Varint")
struct VarintTests {
    @Test(
        "a length is what the bytes take",
        arguments: [(UInt64(0), 1), (1, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), (.max, 10), (1 << 63, 10)])
    func length(_ value: UInt64, _ expected: Int) {
        #expect(Varint.length(value) == expected)
    }

    @Test func `every width has the length that appending it yields`() {
        for bits in 0..<64 {
            for value in [UInt64(1) << bits, (UInt64(1) << bits) &- 1, (UInt64(1) << bits) | 1] {
                var bytes: [UInt8] = []
                bytes.append(varint: value)
                #expect(Varint.length(value) == bytes.count)
            }
        }
    }

    @Test func `a negative int64 takes ten bytes`() {
        #expect(Varint.length(Int64(-1)) == 10)
        #expect(Varint.length(Int64(1)) == 1)
    }

    @Test func `a delimited length counts its own prefix`() {
        #expect(Varint.delimitedLength(0) == 1)
        #expect(Varint.delimitedLength(127) == 128)
        #expect(Varint.delimitedLength(128) == 130)
    }

    @Test("zigzag alternates around zero", arguments: [(Int64(0), UInt64(0)), (-1, 1), (1, 2), (-2, 3), (.min, .max)])
    func zigZag(_ value: Int64, _ expected: UInt64) {
        #expect(Varint.zigZag(value) == expected)
    }
}
