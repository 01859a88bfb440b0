import Bytes
import Delivery
import Exposition
import RemoteWrite
import Samples
import Settings

// What a push takes besides its body: a small body can ask for much (contract L3).
extension PushPipeline {
    /// What a line takes at most besides its text while it is read and compared: its series, its sample, their places in
    /// the tables; in OpenMetrics an exemplar or a start time too.
    private static func bytesALine(_ format: ExpositionFormat) -> Int { format == .openMetrics ? 256 : 96 }
    /// What a label takes besides its text.
    private static let bytesALabel = 16

    /// Admits what the decoded body will take once it is read.
    func admitReading(_ format: ExpositionFormat, within permit: inout Permit) throws(PushError) {
        try admit(Self.readingSize(format, of: batch.arena.span), within: &permit)
    }

    /// What a body takes at most besides its bytes while it is read.
    private static func readingSize(_ format: ExpositionFormat, of body: borrowing Span<UInt8>) -> Int {
        switch format {
        case .protobuf: ProtobufParser.largestSize(of: body)
        case .text, .openMetrics:
            // Each label has two quotes.
            lines(of: body) * bytesALine(format) + BlockScanner.occurrences(of: UInt8(ascii: "\""), in: body) / 2
                * bytesALabel
        }
    }

    /// Admits what the batch will take once it is encoded: every series carries all labels of the grouping.
    func admitEncoding(under grouping: Grouping, within permit: inout Permit) throws(PushError) {
        let size = WriteRequestEncoder.largestSize(of: batch, under: grouping)
        if let (destination, limit) = intake.outbox.smallestQueue, size > limit {
            throw .largerThanQueue(destination: destination, limit: limit)
        }
        try admit(size * intake.outbox.profiles.count, within: &permit)
    }

    private func admit(_ bytes: Int, within permit: inout Permit) throws(PushError) {
        guard bytes <= intake.admission.limit else { throw .tooHeavy(limit: intake.admission.limit) }
        guard permit.grow(by: bytes) else { throw .overloaded }
    }

    /// How many lines may be samples: those that are neither empty nor a comment.
    private static func lines(of bytes: borrowing Span<UInt8>) -> Int {
        var count = 0
        var start = 0
        while start < bytes.count {
            let end = BlockScanner.find(UInt8(ascii: "\n"), in: bytes, from: start)
            if end > start, bytes[start] != UInt8(ascii: "#") { count += 1 }
            start = end + 1
        }
        return count
    }
}
