import Bytes
import Testing

@Suite("Protobuf primitives into an array")
struct ArrayProtobufTests {
    @Test(
        "varints are the specification's bytes",
        arguments: zip([UInt64(0), 1, 150, 300], [[UInt8(0)], [1], [0x96, 1], [0xac, 2]]))
    func varint(_ value: UInt64, _ expected: [UInt8]) {
        var bytes: [UInt8] = [7]
        bytes.append(varint: value)
        #expect(bytes == [7] + expected)
    }

    @Test func `a fixed64 is little-endian`() {
        var bytes: [UInt8] = []
        bytes.append(fixed64: 0x0102_0304_0506_0708)
        #expect(bytes == [8, 7, 6, 5, 4, 3, 2, 1])
    }

    @Test func `a double is its bits`() {
        var bytes: [UInt8] = []
        bytes.append(double: 1)
        #expect(bytes == [0, 0, 0, 0, 0, 0, 0xf0, 0x3f])
    }

    @Test func `a copied range is that range, an empty one nothing`() {
        let source: [UInt8] = [1, 2, 3, 4]
        var bytes: [UInt8] = [9]
        bytes.append(copying: 1..<3, of: source.span)
        bytes.append(copying: 4..<4, of: source.span)
        #expect(bytes == [9, 2, 3])
    }

    @Test func `the largest varint takes ten bytes`() {
        var bytes: [UInt8] = []
        bytes.append(varint: .max)
        #expect(bytes == Array(repeating: 0xff, count: 9) + [1])
    }
}
