import Fixtures
import Samples
import Testing

@testable import Exposition

@Suite("The label names of the last metric")
struct LabelNamesTests {
    @Test func `a name has a head where its bytes begin a label`() {
        let bytes = ProtobufWriter.message {
            $0.text(1, "name")
            $0.text(2, "value")
        }
        var names = LabelNames()
        names.append(bytes.span, ByteRange(2..<6))
        #expect(names.names.first?.text == ByteRange(2..<6) && names.names.first?.head == ByteRange(0..<7))
        // Another length before it, another field behind it, nothing before it, nothing behind it.
        for (bytes, range) in [
            ([0x0a, 2, 0x61, 0x12], 2..<3), ([0x0a, 1, 0x61, 0x11], 2..<3), ([1, 0x61, 0x12], 1..<2),
            ([0x0a, 1, 0x61], 2..<3), ([0x0b, 1, 0x61, 0x12], 2..<3),
        ] as [([UInt8], Range<Int>)] {
            names.removeAll()
            names.append(bytes.span, ByteRange(range))
            #expect(names.names.first?.text == ByteRange(range) && names.names.first?.head.count == 0)
        }
    }

    @Test func `the names of bounds are known by their places`() {
        let bytes = Array("alequantile".utf8)
        var names = LabelNames()
        #expect(names.le == .max && names.quantile == .max)
        for range in [0..<1, 1..<3, 3..<11] { names.append(bytes.span, ByteRange(range)) }
        #expect(names.le == 1 && names.quantile == 2)
        names.removeAll()
        #expect(names.le == .max && names.quantile == .max && names.names.isEmpty)
    }
}
