internal import Bytes
internal import Samples

extension ProtobufMessages {
    /// What a `MetricFamily` says besides its metrics, which may stand before it.
    private struct Head {
        var help = 0..<0
        var unit = 0..<0
        /// The number of the type; nil means COUNTER, as in proto2.
        var type: Int32?
        var hasMetrics = false
    }

    /// Reads a `MetricFamily`.
    mutating func readFamily(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, into rows: inout SampleRows, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        let head = try readHead(bytes, message)
        guard head.hasMetrics else { return }
        try settleFamily(bytes, head, &batch)
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            let tag = try reader.varint(bytes)
            switch tag {
            case ProtobufTag.metric: try readMetric(bytes, try reader.run(bytes), into: &rows, &batch)
            case ProtobufTag.name, ProtobufTag.help, ProtobufTag.unit: _ = try reader.run(bytes)
            case ProtobufTag.type: _ = try reader.varint(bytes)
            default: try reader.skip(bytes, tag, in: .metricFamily)
            }
        }
    }

    private mutating func readHead(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>
    ) throws(ProtobufError.Problem) -> Head {
        var head = Head()
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            let tag = try reader.varint(bytes)
            switch tag {
            case ProtobufTag.metric:
                _ = try reader.run(bytes)
                head.hasMetrics = true
            case ProtobufTag.name: family.name = ByteRange(try reader.run(bytes))
            case ProtobufTag.help: head.help = try reader.run(bytes)
            case ProtobufTag.type: head.type = Int32(truncatingIfNeeded: try reader.varint(bytes))
            case ProtobufTag.unit: head.unit = try reader.run(bytes)
            default: try reader.skip(bytes, tag, in: .metricFamily)
            }
        }
        return head
    }

    /// Takes what has been read for the family of the metrics that come, and tells the batch of it.
    private mutating func settleFamily(
        _ bytes: borrowing Span<UInt8>, _ head: Head, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        guard let name = family.name, name.count > 0, UTF8Validation.isValid(bytes, name.indices) else {
            throw .invalidMetricName
        }
        guard UTF8Validation.isValid(bytes, head.unit) else { throw .invalidUnit }
        try settleType(head.type)
        guard head.unit.isEmpty || hasUnit(bytes, name.indices, head.unit) else {
            throw .unitIsNoSuffix(head.unit.prefix(ExpositionError.longestToken).map { bytes[$0] })
        }
        let index = names.resolve(bytes, name, type: head.type.map { _ in family.type }, in: &batch.families)
        let isHelpWanted = batch.families[index].help.count == 0
        if isHelpWanted, !head.help.isEmpty { batch.families[index].help = texts.valid(bytes, head.help) }
        if batch.families[index].unit.count == 0 { batch.families[index].unit = ByteRange(head.unit) }
        guard !family.isScalar else { return }
        family.count = texts.append(bytes, name, "_count")
        family.sum = texts.append(bytes, name, "_sum")
        family.points = family.type == .summary ? name : texts.append(bytes, name, "_bucket")
    }

    /// Whether a name ends with `_<unit>`, before the `_total` of a counter if it has that.
    private func hasUnit(_ bytes: borrowing Span<UInt8>, _ name: Range<Int>, _ unit: Range<Int>) -> Bool {
        var end = name.upperBound
        let total = Array("_total".utf8)
        let hasTotal =
            name.count >= total.count && total.indices.allSatisfy { bytes[end - total.count + $0] == total[$0] }
        if family.type == .counter, hasTotal { end -= total.count }
        let start = end - unit.count
        guard start > name.lowerBound, bytes[start - 1] == Byte.underscore else { return false }
        return BlockScanner.areEqual(bytes, start..<end, bytes, unit)
    }

    private mutating func settleType(_ number: Int32?) throws(ProtobufError.Problem) {
        switch number ?? 0 {
        case 0: (family.type, family.valueTag) = (.counter, ProtobufTag.counter)
        case 1: (family.type, family.valueTag) = (.gauge, ProtobufTag.gauge)
        case 2: (family.type, family.valueTag) = (.summary, ProtobufTag.summary)
        case 3: (family.type, family.valueTag) = (.unknown, ProtobufTag.untyped)
        case 4: (family.type, family.valueTag) = (.histogram, ProtobufTag.histogram)
        case 5: (family.type, family.valueTag) = (.gaugeHistogram, ProtobufTag.histogram)
        case let other: throw .unknownType(other)
        }
    }
}
