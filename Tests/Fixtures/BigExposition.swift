extension Fixtures {
    /// A body like a large service's: counters, gauges and histograms of 3 to 5 labels, about 123 bytes a line.
    ///
    /// The same number of samples gives the same body; no series is in it twice.
    package static func bigExposition(samples: Int) -> [UInt8] {
        var body = BigExposition()
        while body.count < samples { body.addFamily(upTo: samples) }
        return Array(body.text.utf8)
    }
}

extension Fixtures {
    /// What an OpenMetrics body has besides the lines of Prometheus text.
    package enum OpenMetricsFlavour: String, CaseIterable, Sendable {
        case plain, timestamps, exemplars, created
    }

    /// The body of `bigExposition` with a timestamp on every line.
    package static func bigTimedExposition(samples: Int) -> [UInt8] {
        let lines = String(decoding: bigExposition(samples: samples), as: UTF8.self).split(separator: "\n")
        return Array(lines.map { $0.hasPrefix("#") ? "\($0)\n" : "\($0) 1700000000123\n" }.joined().utf8)
    }

    /// The body of `bigExposition` in OpenMetrics: as it is, with timestamps, with an exemplar at every bucket, or with
    /// the start time of each histogram behind its count.
    package static func bigOpenMetrics(samples: Int, _ flavour: OpenMetricsFlavour) -> [UInt8] {
        let text = String(decoding: bigExposition(samples: samples), as: UTF8.self)
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let isSample = !line.hasPrefix("#")
            switch flavour {
            case .timestamps where isSample: lines.append(line + " 1700000000.123")
            case .exemplars where line.contains("_bucket{"):
                lines.append(line + " # {trace_id=\"4bf92f3577b34da6a3ce929d0e0e\(lines.count)\"} 0.067 1700000000.123")
            case .created where line.contains("_count{"):
                lines.append(String(line))
                let series = line.prefix(through: line.lastIndex(of: "}") ?? line.startIndex)
                lines.append(series.replacing("_count{", with: "_created{") + " 1700000000.123")
            default: lines.append(String(line))
            }
        }
        return Array((lines.joined(separator: "\n") + "\n# EOF\n").utf8)
    }
}

private struct BigExposition {
    var text = ""
    var count = 0
    private var family = 0
    private var state: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// Adds a family of at most 480 samples.
    mutating func addFamily(upTo limit: Int) {
        family += 1
        let last = min(limit, count + 480)
        switch family % 4 {
        case 0: addHistogram(upTo: last)
        case 1: addCounter(upTo: last)
        case 2: addGauge(upTo: last)
        default: addRatio(upTo: last)
        }
    }

    private mutating func addCounter(upTo last: Int) {
        let name = "checkout_service_http_requests_\(family)_total"
        head(name, "counter", "Requests that were answered, by route and status.")
        while count < last {
            let labels =
                "instance=\"10.12.\(count / 250).\(count % 250):8080\",method=\"\(pick(["GET", "POST", "PUT"]))\","
            add(
                "\(name){\(labels)route=\"/api/v1/orders/\(count)\",status=\"\(pick(["200", "404", "503"]))\"} \(number() % 9_000_000)"
            )
        }
    }

    private mutating func addGauge(upTo last: Int) {
        let name = "node_exporter_filesystem_available_\(family)_bytes"
        head(name, "gauge", "Room that is left on a file system.")
        while count < last {
            let labels = "device=\"/dev/mapper/vg0-data\(count)\",fstype=\"\(pick(["ext4", "xfs"]))\","
            add(
                "\(name){\(labels)mountpoint=\"/var/lib/data/volume-\(count)\"} \(Double(number() % 1_000_000_000_000))"
            )
        }
    }

    private mutating func addRatio(upTo last: Int) {
        let name = "batch_job_stage_progress_\(family)_ratio"
        head(name, "gauge", "How far a stage of a job has come.")
        while count < last {
            let labels = "cluster=\"eu-west-1\",environment=\"production\",job_id=\"a7f3-\(count)\","
            let stage = "stage=\"\(pick(["extract", "transform", "load"]))\",worker=\"worker-\(number() % 64)\""
            add("\(name){\(labels)\(stage)} \(Double(number() % 100_000_000) / 1e8)")
        }
    }

    private mutating func addHistogram(upTo last: Int) {
        let name = "checkout_service_request_duration_\(family)_seconds"
        head(name, "histogram", "How long requests took.")
        while count < last {
            let labels = "instance=\"10.12.0.\(family % 250):8080\",method=\"GET\",route=\"/api/v1/items/\(count)\""
            var total: UInt64 = 0
            for bound in ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "2.5", "+Inf"]
            where count < last {
                total += number() % 5000
                add("\(name)_bucket{\(labels),le=\"\(bound)\"} \(total)")
            }
            if count < last { add("\(name)_sum{\(labels)} \(Double(number() % 1_000_000_000) / 1e6)") }
            if count < last { add("\(name)_count{\(labels)} \(total)") }
        }
    }

    private mutating func head(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    private mutating func add(_ line: String) {
        text += line + "\n"
        count += 1
    }

    private mutating func pick(_ choices: [String]) -> String { choices[Int(number() % UInt64(choices.count))] }

    private mutating func number() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 20
    }
}
