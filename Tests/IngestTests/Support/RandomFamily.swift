import Fixtures

/// A metric family of random series, which can be written in each format.
struct RandomFamily {
    struct Metric {
        var labels: [(name: String, value: String)]
        /// The value; of histograms and summaries the sum.
        var value: Double
        var count: UInt64
        /// Bounds and what they have: cumulative counts, or quantiles' values.
        var points: [(bound: Double, value: Double)]
        /// A multiple of half a second, in ms, which all formats can say exactly.
        var timestamp: Int64?
    }

    enum Kind: String, CaseIterable {
        case counter, gauge, summary, untyped, histogram
    }

    var name: String
    var kind: Kind
    var help: String
    var metrics: [Metric]

    init(index: Int, using random: inout some RandomNumberGenerator) {
        kind = Kind.allCases.randomElement(using: &random) ?? .gauge
        name = "family_\(index)" + (kind == .counter ? "_total" : "")
        help = Self.text(using: &random)
        let names = ["a", "code", "path", "zone", "_x"].shuffled(using: &random).prefix(
            Int.random(in: 0...4, using: &random))
        metrics = []
        for number in 0..<Int.random(in: 1...4, using: &random) {
            // The first label tells the metrics apart.
            var labels = names.map { (name: $0, value: Self.text(using: &random)) }
            labels.append((name: "number", value: "\(number)"))
            metrics.append(Self.metric(kind, labels, using: &random))
        }
    }

    private static func metric(
        _ kind: Kind, _ labels: [(name: String, value: String)], using random: inout some RandomNumberGenerator
    ) -> Metric {
        var metric = Metric(labels: labels, value: number(using: &random), count: 0, points: [], timestamp: nil)
        if Bool.random(using: &random) { metric.timestamp = Int64.random(in: 1...4_000_000_000, using: &random) * 500 }
        let bounds = [0.005, 0.1, 0.5, 1, 2.5, 10, 1e6, 1.5e-7].shuffled(using: &random).prefix(3).sorted()
        switch kind {
        case .histogram:
            for bound in bounds {
                metric.count += UInt64.random(in: 0...1_000, using: &random)
                metric.points.append((bound, Double(metric.count)))
            }
            metric.count += UInt64.random(in: 0...1_000, using: &random)
        case .summary:
            metric.count = UInt64.random(in: 0...100_000, using: &random)
            metric.points = bounds.map { ($0, number(using: &random)) }
        default: break
        }
        return metric
    }

    private static func number(using random: inout some RandomNumberGenerator) -> Double {
        let odd: [Double] = [0, -0.0, .nan, .infinity, -.infinity, 1e300, .leastNonzeroMagnitude, 123_456_789.125]
        let isOdd = Int.random(in: 0..<4, using: &random) == 0
        return isOdd ? odd.randomElement(using: &random) ?? 0 : Double.random(in: -1e6...1e6, using: &random)
    }

    private static func text(using random: inout some RandomNumberGenerator) -> String {
        let alphabet: [Character] = ["a", "B", "7", " ", "\\", "\"", "\n", "é", "🦉", "{", "}", ",", "=", "#", "/"]
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? "x" })
    }
}

// In text: both formats have the same lines but for times and types' names.
extension RandomFamily {
    func lines(isOpenMetrics: Bool) -> String {
        let type = isOpenMetrics && kind == .untyped ? "unknown" : kind.rawValue
        let family = isOpenMetrics && kind == .counter ? String(name.dropLast(6)) : name
        var text = "# TYPE \(family) \(type)\n"
        if !help.isEmpty { text += "# HELP \(family) \(Self.escape(help, quotes: isOpenMetrics))\n" }
        for metric in metrics {
            let time = metric.timestamp.map { isOpenMetrics ? " \(Double($0) / 1_000)" : " \($0)" } ?? ""
            for (name, extra, value) in series(of: metric) {
                let labels = (metric.labels + extra).map { "\($0.name)=\"\(Self.escape($0.value, quotes: true))\"" }
                text += "\(name){\(labels.joined(separator: ","))} \(value)\(time)\n"
            }
        }
        return text
    }

    private func series(of metric: Metric) -> [(String, [(name: String, value: String)], Double)] {
        let count = Double(metric.count)
        switch kind {
        case .histogram:
            return metric.points.map { ("\(name)_bucket", [("le", "\($0.bound)")], $0.value) }
                + [
                    ("\(name)_bucket", [("le", "+Inf")], count), ("\(name)_sum", [], metric.value),
                    ("\(name)_count", [], count),
                ]
        case .summary:
            return metric.points.map { (name, [("quantile", "\($0.bound)")], $0.value) }
                + [("\(name)_sum", [], metric.value), ("\(name)_count", [], count)]
        default: return [(name, [], metric.value)]
        }
    }

    private static func escape(_ text: String, quotes: Bool) -> String {
        var escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        if quotes { escaped = escaped.replacing("\"", with: "\\\"") }
        return escaped
    }
}

// In protobuf.
extension RandomFamily {
    func write(to body: inout ProtobufWriter) {
        let types: [Kind: UInt64] = [.counter: 0, .gauge: 1, .summary: 2, .untyped: 3, .histogram: 4]
        body.family(name, type: types[kind] ?? 0, help: help) { family in
            for metric in metrics {
                family.metric(metric.labels.map { ($0.name, $0.value) }) { write(metric, to: &$0) }
            }
        }
    }

    private func write(_ metric: Metric, to message: inout ProtobufWriter) {
        switch kind {
        case .counter: message.message(3) { $0.double(1, metric.value) }
        case .gauge: message.message(2) { $0.double(1, metric.value) }
        case .untyped: message.message(5) { $0.double(1, metric.value) }
        case .summary:
            message.message(4) { summary in
                summary.varint(1, metric.count)
                summary.double(2, metric.value)
                for point in metric.points {
                    summary.message(3) {
                        $0.double(1, point.bound)
                        $0.double(2, point.value)
                    }
                }
            }
        case .histogram:
            message.message(7) { histogram in
                histogram.varint(1, metric.count)
                histogram.double(2, metric.value)
                for point in metric.points {
                    histogram.message(3) {
                        $0.varint(1, UInt64(point.value))
                        $0.double(2, point.bound)
                    }
                }
            }
        }
        if let timestamp = metric.timestamp { message.varint(6, UInt64(timestamp)) }
    }
}
