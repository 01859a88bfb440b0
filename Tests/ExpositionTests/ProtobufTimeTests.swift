import Fixtures
import Testing

@testable import Exposition

@Suite("Times in protobuf")
struct ProtobufTimeTests {
    private func time(_ write: (inout ProtobufWriter) -> Void) throws -> ProtobufTime {
        let bytes = ProtobufWriter.message(write)
        var time = ProtobufTime()
        try time.read(bytes.span, 0..<bytes.count)
        return time
    }

    static let times: [(Int64, Int64, Int64)] = [
        (0, 0, 0), (1, 999_999_999, 1_999), (1_520_430_000, 123_456_789, 1_520_430_000_123), (-1, 500_000_000, -500),
        (9_223_372_036_854_775, 0, 9_223_372_036_854_775_000), (0, -5_000_000, -5),
    ]

    @Test(arguments: times) func `a time is in milliseconds`(seconds: Int64, nanoseconds: Int64, expected: Int64) throws
    {
        let time = try time {
            $0.varint(1, UInt64(bitPattern: seconds))
            $0.varint(2, UInt64(bitPattern: nanoseconds))
        }
        #expect(try time.isPresent && time.milliseconds() == expected)
    }

    @Test(arguments: [(Int64.max, 0), (.min, 0), (9_223_372_036_854_775, 999_999_999)] as [(Int64, UInt64)])
    func `a time that is too far away is refused`(seconds: Int64, nanoseconds: UInt64) throws {
        let time = try time {
            $0.varint(1, UInt64(bitPattern: seconds))
            $0.varint(2, nanoseconds)
        }
        #expect(throws: ProtobufError.Problem.invalidTimestamp) { try time.milliseconds() }
    }

    @Test func `a field with another wire type is refused`() {
        #expect(throws: ProtobufError.Problem.wrongWireType(field: 1, of: .timestamp)) { try time { $0.double(1, 1) } }
    }
}
