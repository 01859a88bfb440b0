import Fixtures
import RemoteWrite
import Testing

@Suite("The shared vectors, pushed over HTTP (B1, B4 to B6, B9, B11 to B13)")
struct VectorsOverHTTPTests {
    private static let types = [
        "text-0.0.4": "text/plain; version=0.0.4", "text-1.0.0": "text/plain; version=1.0.0; escaping=allow-utf-8",
        "openmetrics-1.0.0": "application/openmetrics-text; version=1.0.0; charset=utf-8",
        "protobuf-delimited":
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
    ]

    @Test func `are stored as they say, or refused whole`() async throws {
        let bench = Bench(far: FarSide(.soon), everything: true)
        try await RunningServer.with(bench) { server in
            let client = try server.client()
            for vector in try Fixtures.expositionVectors() {
                let type = try #require(Self.types[vector.format])
                let reply = try #require(client.push(vector.body, headers: "Content-Type: \(type)\r\n"))
                #expect(reply.status == (vector.accept ? 200 : 400), "\(vector.id) \(vector.note): \(reply.body)")
                let stored = bench.far.takeSeries().flatMap(lines).sorted()
                let expected = vector.accept ? vector.samples.map(line).sorted() : []
                #expect(stored == expected, "\(vector.id) \(vector.note)")
            }
        }
    }

    /// A line for each sample of a series; a time of receipt is `now`.
    private func lines(_ series: ReceivedSeries) -> [String] {
        let labels = series.labels.filter { $0.name != "job" && $0.name != "__name__" }
        let head = "\(series.name) \(labels.map { "\($0.name)=\($0.value)" }.sorted())"
        let exemplars = series.exemplars.map { exemplar in
            let labels = exemplar.labels.map { "\($0.name)=\($0.value)" }.sorted()
            return "\(labels) \(exemplar.value.bitPattern) \(time(exemplar.timestamp))"
        }
        let values =
            series.samples.map { "\($0.value.bitPattern) \(time($0.timestamp))" }
            + series.histograms.map { "\(text($0)) \(time($0.timestamp))" }
        return values.map { "\(head) \($0) \(exemplars)" }
    }

    private func line(_ sample: ExpositionVector.Sample) -> String {
        // An empty value is an absent label.
        let labels = sample.labels.filter { !$0.value.isEmpty && $0.key != "job" }.map { "\($0.key)=\($0.value)" }
        let exemplars = (sample.exemplars ?? []).map { exemplar in
            let labels = exemplar.labels.filter { !$0.value.isEmpty }.map { "\($0.key)=\($0.value)" }.sorted()
            return "\(labels) \(bits(exemplar.value.number)) \(time(exemplar.timestamp_ms ?? sample.timestamp_ms))"
        }
        let value = sample.histogram.map(text) ?? "\(bits(sample.value?.number ?? .nan))"
        return "\(sample.name) \(labels.sorted()) \(value) \(time(sample.timestamp_ms)) \(exemplars)"
    }

    /// The clock of the bench stands still, so that receipt times are close together.
    private func time(_ timestamp: Int64?) -> String {
        guard let timestamp, !(1_700_000_000_000..<1_700_000_010_000).contains(timestamp) else { return "now" }
        return String(timestamp)
    }

    private func bits(_ value: Double) -> UInt64 { value.isNaN ? 0x7ff8_0000_0000_0001 : value.bitPattern }

    private func text(_ histogram: ReceivedHistogram) -> String {
        func number(_ count: ReceivedHistogram.Count) -> Double {
            switch count {
            case .whole(let count): Double(count)
            case .fractional(let count): count
            }
        }
        func buckets(_ buckets: ReceivedHistogram.Buckets) -> String {
            "\(buckets.spans.map { [Int64($0.offset), Int64($0.length)] }) \(buckets.deltas) \(buckets.counts)"
        }
        return "histogram \(number(histogram.count)) \(bits(histogram.sum)) \(histogram.schema) "
            + "\(histogram.zeroThreshold) \(number(histogram.zeroCount)) \(buckets(histogram.negative)) "
            + "\(buckets(histogram.positive)) \("\(histogram.resetHint)".uppercased())"
    }

    private func text(_ histogram: ExpositionVector.Histogram) -> String {
        func buckets(_ spans: [[Int64]], _ deltas: [Int64]?, _ counts: [Double]?) -> String {
            "\(spans) \(deltas ?? []) \(counts ?? [])"
        }
        let negative = buckets(histogram.negative_spans, histogram.negative_deltas, histogram.negative_counts)
        let positive = buckets(histogram.positive_spans, histogram.positive_deltas, histogram.positive_counts)
        return "histogram \(histogram.count) \(bits(histogram.sum.number)) \(histogram.schema) "
            + "\(histogram.zero_threshold) \(histogram.zero_count) \(negative) \(positive) \(histogram.reset_hint)"
    }
}
