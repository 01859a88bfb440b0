import Bytes
import Testing

@Suite("Protobuf primitives into preallocated room")
struct OutputSpanProtobufTests {
    @Test func `primitives stand one behind the other`() {
        let source: [UInt8] = [1, 2, 3, 4]
        let bytes = [UInt8](capacity: 32) { output in
            output.append(varint: 300)
            output.append(fixed64: 1)
            output.append(double: 1)
            output.append(copying: 1..<3, of: source.span)
            output.append(copying: 0..<0, of: source.span)
        }
        #expect(bytes == [0xac, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 2, 3])
    }

    @Test func `room that is used up to the last byte is enough`() {
        let bytes = [UInt8](capacity: 10) { $0.append(varint: .max) }
        #expect(bytes.count == 10)
        #expect([UInt8](capacity: 8) { $0.append(fixed64: .max) } == Array(repeating: 0xff, count: 8))
    }

    @Test func `room that is missing is our own mistake and traps`() async {
        await #expect(processExitsWith: .failure) {
            _ = [UInt8](capacity: 7) { $0.append(fixed64: 0) }
        }
        await #expect(processExitsWith: .failure) {
            let source: [UInt8] = [1, 2]
            _ = [UInt8](capacity: 1) { $0.append(copying: 0..<2, of: source.span) }
        }
    }
}
