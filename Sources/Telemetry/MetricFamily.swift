/// A family of our own metrics, as the page shows it.
struct MetricFamily {
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// One series: its labels, in the order in which they are shown, and its value.
    struct Series {
        var labels: [(name: String, value: String)]
        var value: String
        /// What stands behind the family's name: `_bucket` and its like of a histogram.
        var suffix = ""
    }

    var name: String
    var kind: Kind
    var help: String
    var series: [Series]

    /// A family of one series without labels.
    init(_ kind: Kind, _ name: String, _ help: String, _ value: Int) {
        self.init(kind, name, help, [Series(labels: [], value: String(value))])
    }

    /// A family whose series are sorted by their labels' values.
    init(_ kind: Kind, _ name: String, _ help: String, _ series: [Series]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.series = series.sorted {
            $0.labels.lazy.map(\.value).lexicographicallyPrecedes($1.labels.lazy.map(\.value))
        }
    }

    /// A family of histograms, each with labels of its own.
    init(
        _ name: String, _ help: String, _ histograms: [(labels: [(name: String, value: String)], histogram: Histogram)]
    ) {
        self.name = name
        self.help = help
        kind = .histogram
        series = histograms.flatMap { labels, histogram in
            let reading = histogram.reading
            return reading.cumulative.map {
                Series(labels: labels + [("le", $0.bound)], value: String($0.count), suffix: "_bucket")
            } + [
                Series(labels: labels, value: reading.sum, suffix: "_sum"),
                Series(labels: labels, value: String(reading.count), suffix: "_count"),
            ]
        }
    }

    /// Appends the family in the Prometheus text format 0.0.4.
    func write(to page: inout String) {
        page += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
        for series in series {
            page += name + series.suffix
            for (index, label) in series.labels.enumerated() {
                page += "\(index == 0 ? "{" : ",")\(label.name)=\"\(Self.escape(label.value))\""
            }
            page += series.labels.isEmpty ? " " : "} "
            page += "\(series.value)\n"
        }
    }

    private static func escape(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
