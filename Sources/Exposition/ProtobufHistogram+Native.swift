internal import Bytes
internal import Samples

extension ProtobufHistogram {
    /// Whether it is a native histogram: one without observations says so by a span without buckets.
    var isNative: Bool {
        fields.mayBeNative
            && (!positive.spans.isEmpty || !negative.spans.isEmpty || fields.zeroThreshold > 0 || fields.zeroCount > 0)
    }

    /// Adds the native histogram to the batch, and returns its details.
    func addNative(to batch: inout SampleBatch, isGauge: Bool) throws(ProtobufError.Problem) -> UInt32 {
        guard -4...8 ~= fields.schema else { throw .unknownSchema(fields.schema) }
        var native = NativeHistogram()
        native.sum = fields.sum
        native.schema = fields.schema
        native.zeroThreshold = fields.zeroThreshold
        native.resetHint = isGauge ? .gauge : .unknown
        if fields.floatCount > 0 || fields.floatZeroCount > 0 {
            try fillFloats(&native, &batch)
        } else {
            try fillIntegers(&native, &batch)
        }
        batch.histograms.append(native)
        return batch.add(
            SampleDetails(
                kind: .native(batch.histograms.count - 1), exemplars: addExemplars(to: &batch),
                startTimestamp: try fields.created.milliseconds()))
    }

    private func fillIntegers(
        _ native: inout NativeHistogram, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        native.count = .integer(fields.count)
        native.zeroCount = .integer(fields.zeroCount)
        var observed = fields.zeroCount
        native.negative = try negative.addIntegers(to: &batch, observed: &observed)
        native.positive = try positive.addIntegers(to: &batch, observed: &observed)
        // What was observed as NaN is counted, but in no bucket.
        guard fields.sum.isNaN ? observed <= fields.count : observed == fields.count else {
            throw .countMismatch(count: fields.count, observed: observed)
        }
    }

    private func fillFloats(_ native: inout NativeHistogram, _ batch: inout SampleBatch) throws(ProtobufError.Problem) {
        guard !(fields.floatCount < 0), !(fields.floatZeroCount < 0) else { throw .negativeCount }
        native.count = .float(fields.floatCount)
        native.zeroCount = .float(fields.floatZeroCount)
        native.negative = try negative.addFloats(to: &batch)
        native.positive = try positive.addFloats(to: &batch)
    }

    /// Adds the exemplars of the native histogram: those of the buckets that have a time, where it has none of its own.
    private func addExemplars(to batch: inout SampleBatch) -> Range<Int> {
        let first = batch.exemplars.count
        if fields.hasExemplars {
            batch.exemplars.append(contentsOf: exemplars)
        } else {
            for point in points where point.exemplar >= 0 && batch.exemplars[point.exemplar].timestamp != nil {
                batch.exemplars.append(batch.exemplars[point.exemplar])
            }
        }
        return first..<batch.exemplars.count
    }
}
