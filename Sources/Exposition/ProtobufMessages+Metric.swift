internal import Bytes
internal import Samples

/// The value of a counter, a gauge or an untyped metric, and what else there is of it.
struct ProtobufScalar: Sendable {
    var value = 0.0
    var created = ProtobufTime()
    var exemplar: ProtobufExemplar?
    /// Whether there may be something besides the value.
    var hasMore = false
}

extension ProtobufMessages {
    /// Reads a `Metric`, and adds its series.
    mutating func readMetric(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, into rows: inout SampleRows, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        var isPresent = false
        var isKnown = true
        var timestamp: Int64 = 0
        var place = 0
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            let tag = try reader.varint(bytes)
            if tag == ProtobufTag.label {
                isKnown = try readLabel(bytes, &reader, at: place, into: &rows) && isKnown
                place &+= 1
            } else if tag == family.valueTag {
                let value = try reader.run(bytes)
                try readValue(bytes, value, isFirst: !isPresent, &batch)
                isPresent = true
            } else if tag == ProtobufTag.timestamp {
                timestamp = Int64(bitPattern: try reader.varint(bytes))
            } else {
                try skipOther(bytes, tag, &reader)
            }
        }
        guard isPresent else { throw .isNot(family.type) }
        if !isKnown { try learnLabels(bytes, in: &rows) }
        let time = timestamp == 0 ? nil : timestamp
        if family.isScalar {
            try addScalar(bytes, at: time, to: &rows, &batch)
        } else {
            try addPoints(bytes, at: time, to: &rows, &batch)
        }
    }

    /// Reads the value of a metric; one that is there again goes on where the first one ended, as protobuf has it.
    @inline(__always)
    private mutating func readValue(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, isFirst: Bool, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        guard family.isScalar else {
            if isFirst { histogram.begin() }
            return family.type == .summary
                ? try histogram.readSummary(bytes, message) : try histogram.read(bytes, message, into: &batch)
        }
        if isFirst {
            scalar.value = 0
            if scalar.hasMore { scalar = ProtobufScalar() }
        }
        // Nearly all have a value and nothing else.
        if message.count == 9, bytes[message.lowerBound] == 0x09 {
            var reader = ProtobufReader(message.lowerBound &+ 1..<message.upperBound)
            scalar.value = try reader.double(bytes)
        } else {
            try readScalar(bytes, message, &batch)
        }
    }

    /// Reads a `Counter`, a `Gauge` or an `Untyped`.
    @inline(never)
    private mutating func readScalar(
        _ bytes: borrowing Span<UInt8>, _ message: Range<Int>, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        scalar.hasMore = true
        let isCounter = family.type == .counter
        let kind = isCounter ? ProtobufError.Message.counter : family.type == .gauge ? .gauge : .untyped
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            let tag = try reader.varint(bytes)
            switch tag {
            case 0x09: scalar.value = try reader.double(bytes)
            case 0x12 where isCounter:
                if scalar.exemplar == nil { scalar.exemplar = ProtobufExemplar(in: batch) }
                try scalar.exemplar?.read(bytes, try reader.run(bytes), into: &batch)
            case 0x1a where isCounter: try scalar.created.read(bytes, try reader.run(bytes))
            default: try reader.skip(bytes, tag, in: kind)
            }
        }
    }

    /// Goes on behind a field of a metric that its family has no use for.
    @inline(never)
    private mutating func skipOther(
        _ bytes: borrowing Span<UInt8>, _ tag: UInt64, _ reader: inout ProtobufReader
    ) throws(ProtobufError.Problem) {
        switch tag {
        case ProtobufTag.gauge, ProtobufTag.counter, ProtobufTag.summary, ProtobufTag.untyped, ProtobufTag.histogram:
            _ = try reader.run(bytes)
        default: try reader.skip(bytes, tag, in: .metric)
        }
    }

    /// Adds the one sample of a metric whose labels have been added.
    @inline(__always)
    private mutating func addScalar(
        _ bytes: borrowing Span<UInt8>, at time: Int64?, to rows: inout SampleRows, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) {
        var sample = Sample(value: scalar.value, timestamp: time)
        if scalar.hasMore { sample.details = try addDetails(bytes, &batch) }
        rows.add(sample, of: family.name ?? .none)
    }

    @inline(never)
    private mutating func addDetails(
        _ bytes: borrowing Span<UInt8>, _ batch: inout SampleBatch
    ) throws(ProtobufError.Problem) -> UInt32 {
        var details = SampleDetails(startTimestamp: try scalar.created.milliseconds())
        if let exemplar = scalar.exemplar {
            let start = batch.exemplars.count
            batch.exemplars.append(try exemplar.finish(bytes, in: &batch))
            details.exemplars = start..<start + 1
        }
        return details == SampleDetails() ? 0 : batch.add(details)
    }
}
