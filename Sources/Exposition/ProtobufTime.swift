internal import Bytes

/// A `google.protobuf.Timestamp`.
struct ProtobufTime: Sendable {
    /// Whether there is one.
    private(set) var isPresent = false
    private var seconds: Int64 = 0
    private var nanoseconds: Int32 = 0

    /// Milliseconds since the epoch, without what is less than one.
    func milliseconds() throws(ProtobufError.Problem) -> Int64 {
        let (whole, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000)
        let (sum, isBeyond) = whole.addingReportingOverflow(Int64(nanoseconds) / 1_000_000)
        guard !isTooFar, !isBeyond else { throw .invalidTimestamp }
        return sum
    }

    /// Reads the message, or goes on with one that is there again.
    mutating func read(_ bytes: borrowing Span<UInt8>, _ message: Range<Int>) throws(ProtobufError.Problem) {
        isPresent = true
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x08: seconds = Int64(bitPattern: try reader.varint(bytes))
            case 0x10: nanoseconds = Int32(truncatingIfNeeded: try reader.varint(bytes))
            case let tag: try reader.skip(bytes, tag, in: .timestamp)
            }
        }
    }
}
