extension ExpositionText {
    /// Appends a histogram as OpenMetrics 2.0 writes it, with its time.
    ///
    /// Buckets are given by their spans, not one by one: a span of a few bytes can name four billion of them.
    mutating func append(_ histogram: ReceivedHistogram) {
        append("{count:")
        append(histogram.count)
        append(",sum:")
        append(histogram.sum)
        append(",schema:\(histogram.schema)")
        if histogram.customBounds.isEmpty {
            append(",zero_threshold:")
            append(histogram.zeroThreshold)
            append(",zero_count:")
            append(histogram.zeroCount)
        } else {
            append(list: "custom_values", histogram.customBounds) { $0.append($1) }
        }
        append("negative", histogram.negative)
        append("positive", histogram.positive)
        switch histogram.resetHint {
        case .unknown: break
        case .yes: append(",reset_hint:yes")
        case .no: append(",reset_hint:no")
        case .gauge: append(",reset_hint:gauge")
        }
        append("}")
        append(timestamp: histogram.timestamp, start: histogram.startTimestamp)
    }

    private mutating func append(_ side: String, _ buckets: ReceivedHistogram.Buckets) {
        guard buckets != ReceivedHistogram.Buckets() else { return }
        append(list: "\(side)_spans", buckets.spans) { $0.append("\($1.offset):\($1.length)") }
        append(list: "\(side)_buckets", buckets.absolute) { $0.append($1) }
    }

    private mutating func append(_ count: ReceivedHistogram.Count) {
        switch count {
        case .whole(let count): append("\(count)")
        case .fractional(let count): append(count)
        }
    }

    private mutating func append<Element>(
        list name: String, _ elements: [Element], each: (inout ExpositionText, Element) -> Void
    ) {
        append(",\(name):[")
        for (index, element) in elements.enumerated() where !isFull {
            if index > 0 { append(",") }
            each(&self, element)
        }
        append("]")
    }
}
