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
        try arrange(&batch.exemplarLabels, bytes)
        return Exemplar(
            labels: firstLabel..<batch.exemplarLabels.count, value: value,
            timestamp: time.isPresent ? try time.milliseconds() : nil)
    }

    /// Sorts the labels where they stand: a copy would be one of all exemplars before it.
    private func arrange(
        _ labels: inout [LabelRange], _ bytes: borrowing Span<UInt8>
    ) throws(ProtobufError.Problem) {
        sort(&labels, bytes)
        for index in labels.indices.dropFirst(firstLabel + 1) {
            let name = labels[index].name
            guard BlockScanner.areEqual(bytes, name.indices, bytes, labels[index - 1].name.indices) else { continue }
            throw .duplicateLabel(ProtobufMessages.token(bytes, name.indices))
        }
        var kept = firstLabel
        for index in firstLabel..<labels.count where labels[index].value.count > 0 {
            labels[kept] = labels[index]
            kept += 1
        }
        labels.removeLast(labels.count - kept)
    }

    private func sort(_ labels: inout [LabelRange], _ bytes: borrowing Span<UInt8>) {
        guard labels.count - firstLabel <= 16 else {
            // Numbers that must not be squared.
            let sorted = labels[firstLabel...].sorted { $0.name.precedes($1.name, in: bytes) }
            labels.removeLast(sorted.count)
            labels += sorted
            return
        }
        for index in labels.indices.dropFirst(firstLabel + 1) {
            var place = index
            while place > firstLabel, labels[place].name.precedes(labels[place - 1].name, in: bytes) {
                labels.swapAt(place, place - 1)
                place -= 1
            }
        }
    }
}
