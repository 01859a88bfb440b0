/// The collector's own metrics at one time.
struct FaultScrape: Sendable {
    private var values: [Substring: Double] = [:]

    /// Reads a page of metrics.
    init(page: String) {
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            guard let blank = line.lastIndex(of: " ") else { continue }
            values[line[..<blank]] = Double(line[blank...].dropFirst())
        }
    }

    /// Asks the collector at this port.
    init?(_ client: inout FaultClient) {
        guard let answer = client.ask("GET /metrics"), answer.status == 200 else { return nil }
        self.init(page: String(decoding: answer.body, as: UTF8.self))
    }

    /// The sum over the series of a metric that have this in their labels.
    func sum(_ metric: String, _ label: String = "") -> Int {
        let found = values.filter { series, _ in
            series.hasPrefix("push_collector_" + metric) && series.dropFirst(15 + metric.count).first == "{"
                && series.contains(label)
        }
        return Int(found.values.reduce(0, +))
    }

    /// A metric without labels.
    func value(_ metric: String) -> Int { Int(values[Substring(metric)] ?? 0) }

    /// What is still to leave a destination's queue.
    var pending: Int { sum("remote_write_samples_pending") }

    /// What holds of one destination at any time: what entered its queue was delivered, has failed, or is still there.
    func flaw(of destination: String) -> String? {
        let label = "destination=\"\(destination)\""
        let entered = sum("remote_write_samples_in_total", label)
        let delivered = sum("remote_write_samples_total", label)
        let failed = sum("remote_write_samples_failed_total", label)
        let dropped = values.filter {
            $0.key.hasPrefix("push_collector_samples_dropped_total{") && $0.key.contains(label)
                && $0.key.contains("reason=\"age\"")
        }.values.reduce(0, +)
        let pending = sum("remote_write_samples_pending", label)
        guard entered != delivered + failed + Int(dropped) + pending else { return nil }
        return "\(destination): in \(entered), delivered \(delivered), failed \(failed), dropped \(dropped), "
            + "pending \(pending)"
    }
}
