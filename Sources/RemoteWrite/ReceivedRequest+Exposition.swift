import Samples

extension ReceivedRequest {
    /// The request as lines of text, each with a line feed at its end, as near to the exposition format as it goes.
    ///
    /// A sample is `name{label="value"} value timestamp`, the timestamp in ms. What that format has no place for
    /// is written as OpenMetrics 2.0 does: `{count:3,sum:4.5,schema:0,...}` for the value of a native histogram,
    /// `st@<ms>` for a start timestamp, ` # {labels} value timestamp` for the exemplars, behind a series' last line.
    /// The stale marker is `StaleNaN`. Where more than `limit` bytes would be needed (a small request can refer to
    /// large symbols many times over), the last line is a comment that says how many series are missing.
    public func expositionLines(upTo limit: Int = 64 << 20) -> String {
        var text = ExpositionText(upTo: limit)
        for family in families where !text.isFull { text.append(family.metadata, of: family.name) }
        var last: (name: String, metadata: ReceivedMetadata)?
        for (index, series) in series.enumerated() {
            if let metadata = series.metadata {
                let name = series.name
                if last?.metadata != metadata || last?.name != name { text.append(metadata, of: name) }
                last = (name, metadata)
            }
            text.append(series)
            guard !text.isFull else {
                text.removeLastLine()
                return text.string + "# \(self.series.count - index) more series are not shown\n"
            }
        }
        return text.string
    }
}

extension ReceivedSeries {
    /// The series as lines of text, see `ReceivedRequest.expositionLines`.
    public var expositionLines: String {
        ReceivedRequest([self]).expositionLines()
    }
}

extension ExpositionText {
    /// Appends the lines of a series: one for each sample and histogram, or one for exemplars that have neither.
    fileprivate mutating func append(_ series: ReceivedSeries) {
        let values = series.samples.count + series.histograms.count
        for index in 0..<max(values, series.exemplars.isEmpty ? 0 : 1) where !isFull {
            append(series.labels)
            if index < series.samples.count {
                append(" ")
                append(series.samples[index].value)
                append(timestamp: series.samples[index].timestamp, start: series.samples[index].startTimestamp)
            } else if index < values {
                append(" ")
                append(series.histograms[index - series.samples.count])
            }
            if index >= values - 1 { series.exemplars.forEach { append($0) } }
            append("\n")
        }
    }

    private mutating func append(_ exemplar: ReceivedExemplar) {
        guard !isFull else { return }
        append(" # ")
        append(exemplar.labels)
        append(" ")
        append(exemplar.value)
        append(timestamp: exemplar.timestamp)
    }

    /// Appends ` <ms>`, and ` st@<ms>` where a start is known.
    mutating func append(timestamp: Int64, start: Int64 = 0) {
        append(" \(timestamp)")
        if start != 0 { append(" st@\(start)") }
    }

    /// Appends what is known about a family as TYPE, HELP and UNIT lines.
    fileprivate mutating func append(_ metadata: ReceivedMetadata, of name: String) {
        guard metadata != ReceivedMetadata() else { return }
        append("# TYPE ")
        append(name: name)
        append(" \(metadata.type.text)\n")
        if !metadata.help.isEmpty {
            append("# HELP ")
            append(name: name)
            append(" ")
            append(escaped: metadata.help)
            append("\n")
        }
        if !metadata.unit.isEmpty {
            append("# UNIT ")
            append(name: name)
            append(" ")
            append(escaped: metadata.unit)
            append("\n")
        }
    }
}

extension MetricType {
    /// The type as TYPE lines have it.
    fileprivate var text: String {
        switch self {
        case .unknown: "unknown"
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        case .gaugeHistogram: "gaugehistogram"
        case .summary: "summary"
        case .info: "info"
        case .stateset: "stateset"
        }
    }
}
