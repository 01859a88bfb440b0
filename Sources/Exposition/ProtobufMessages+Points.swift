internal import Bytes
internal import Samples

extension ProtobufMessages {
    /// Adds the series of a histogram or summary whose labels have been added.
    mutating func addPoints(
        _ bytes: borrowing Span<UInt8>, at time: Int64?, to rows: inout SampleRows, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        let shared = rows.firstLabel..<rows.labelCount
        let isHistogram = family.type != .summary
        guard (isHistogram ? labels.le : labels.quantile) >= shared.count else {
            throw .boundLabel(isHistogram ? "le" : "quantile")
        }
        var details = SampleDetails()
        if histogram.fields.created.isPresent { details.startTimestamp = try histogram.fields.created.milliseconds() }
        if isHistogram, histogram.isNative {
            let native = try histogram.addNative(to: &batch, isGauge: family.type == .gaugeHistogram)
            rows.add(Sample(value: histogram.fields.sum, timestamp: time, details: native), of: family.name ?? .none)
            rows.add(labels: shared)
            details.kind = .standIn
        }
        let plain = details == SampleDetails() ? 0 : batch.add(details)
        rows.add(Sample(value: histogram.count, timestamp: time, details: plain), of: family.count)
        rows.add(labels: shared)
        rows.add(Sample(value: histogram.fields.sum, timestamp: time, details: plain), of: family.sum)
        let boundName = isHistogram ? texts.le : texts.quantile
        var isComplete = !isHistogram
        for point in histogram.points {
            var sample = Sample(value: point.value, timestamp: time, details: plain)
            if point.exemplar >= 0 {
                details.exemplars = point.exemplar..<point.exemplar + 1
                sample.details = batch.add(details)
            }
            rows.add(labels: shared)
            rows.add(LabelRange(name: boundName, value: texts.bound(point.bound)))
            rows.add(sample, of: family.points)
            isComplete = isComplete || point.bound == .infinity
        }
        guard !isComplete else { return }
        rows.add(labels: shared)
        rows.add(LabelRange(name: boundName, value: texts.bound(.infinity)))
        rows.add(Sample(value: histogram.count, timestamp: time, details: plain), of: family.points)
    }
}

extension SampleRows {
    /// Adds the labels of another series.
    @inline(__always)
    fileprivate mutating func add(labels: Range<Int>) {
        for index in labels { add(label(at: index)) }
    }
}
