internal import Bytes
internal import Samples

/// An `Exemplar` that is being read.
struct ProtobufExemplar: Sendable {
    /// Where its labels begin in `SampleBatch.exemplarLabels`, to whose end they go.
    private let firstLabel: Int
    private var value = 0.0
    private var time = ProtobufTime()

    /// One whose labels are going to be the last in the batch.
    init(in batch: borrowing SampleBatch) { firstLabel = batch.exemplarLabels.count }

    /// Reads the message, or goes on with one that is there again.
    mutating func read(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, into batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            switch try reader.varint(bytes) {
            case 0x0a: batch.exemplarLabels.append(try ProtobufLabel.read(bytes, try reader.run(bytes)))
            case 0x11: value = try reader.double(bytes)
            case 0x1a: try time.read(bytes, try reader.run(bytes))
            case let tag: try reader.skip(bytes, tag, in: .exemplar)
            }
        }
    }

    /// The exemplar, once its labels are in their form: sorted, none without a value.
    func finish(
        _ bytes: borrowing Span<UInt8>, in batch: inout SampleBatch
    ) throws(ProtobufError.Problem) -> Exemplar {
        if batch.exemplarLabels.count > firstLabel {
            let labels = batch.exemplarLabels[firstLabel...]
            try ProtobufLabel.checkDuplicates(bytes, labels.map(\.name))
            let kept = labels.filter { $0.value.count > 0 }.sorted { $0.name.precedes($1.name, in: bytes) }
            batch.exemplarLabels.replaceSubrange(firstLabel..., with: kept)
        }
        return Exemplar(
            labels: firstLabel..<batch.exemplarLabels.count, value: value,
            timestamp: time.isPresent ? try time.milliseconds() : nil)
    }
}
