import Testing

@testable import Telemetry

@Suite struct DestinationMetricsFamiliesTests {
    private func values(_ destinations: DestinationMetrics...) -> [String] {
        var page = ""
        for family in DestinationMetrics.families(of: destinations) { family.write(to: &page) }
        return page.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            String($0.dropFirst("push_collector_remote_write_".count))
        }
    }

    @Test func `samples in are samples delivered, failed and pending`() {
        let destination = DestinationMetrics(name: "a")
        destination.samplesIn.add(10)
        destination.samplesDelivered.add(4)
        destination.samplesFailed.add("refused", 2)
        destination.samplesFailed.add("lost", 1)
        let values = values(destination)
        #expect(values.contains("samples_in_total{destination=\"a\"} 10"))
        #expect(values.contains("samples_total{destination=\"a\"} 4"))
        #expect(values.contains("samples_failed_total{destination=\"a\",reason=\"refused\"} 2"))
        #expect(values.contains("samples_failed_total{destination=\"a\",reason=\"lost\"} 1"))
        #expect(values.contains("samples_pending{destination=\"a\"} 3"))
    }

    @Test(arguments: [
        (0, "0"), (1_787_313_601_250, "1787313601.25"), (1000, "1"), (1001, "1.001"), (10, "0.01"), (1100, "1.1"),
    ])
    func `a timestamp is shown in seconds`(milliseconds: Int, text: String) {
        let destination = DestinationMetrics(name: "a")
        destination.highestSentTimestamp.set(milliseconds)
        #expect(values(destination).contains("queue_highest_sent_timestamp_seconds{destination=\"a\"} \(text)"))
    }

    @Test func `in is delivered, failed, dropped for age and pending on every page, while samples move`() async {
        let destination = DestinationMetrics(name: "a")
        let mover = Task.detached {
            for _ in 0..<20_000 {
                destination.samplesIn.add(4)
                destination.samplesDelivered.add(1)
                destination.samplesFailed.add("refused", 1)
                destination.samplesDropped.add("age", 1)
            }
        }
        for _ in 0..<200 {
            var page = ""
            for family in DestinationMetrics.families(of: [destination]) { family.write(to: &page) }
            let read = { (name: String) -> Int in
                page.split(separator: "\n").filter { $0.hasPrefix("push_collector_\(name)") }
                    .compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +)
            }
            #expect(
                read("remote_write_samples_in_total{") == read("remote_write_samples_total{")
                    + read("remote_write_samples_failed_total{")
                    + read("samples_dropped_total{destination=\"a\",reason=\"age\"}")
                    + read("remote_write_samples_pending{"))
        }
        await mover.value
    }

    @Test func `each destination has its series`() {
        let (one, other) = (DestinationMetrics(name: "b"), DestinationMetrics(name: "a"))
        one.requests.add(503)
        one.failing.set(1)
        other.shards.set(4)
        let values = values(one, other)
        #expect(values.contains("requests_total{destination=\"b\",code=\"503\"} 1"))
        #expect(!values.contains { $0.hasPrefix("requests_total{destination=\"a\",code=\"503\"}") })
        #expect(
            values.filter { $0.hasPrefix("failing") } == [
                "failing{destination=\"a\"} 0", "failing{destination=\"b\"} 1",
            ])
        #expect(
            values.filter { $0.hasPrefix("shards") } == ["shards{destination=\"a\"} 4", "shards{destination=\"b\"} 0"])
    }

    @Test func `no destination means no series, but the families are there`() {
        #expect(values() == [])
        #expect(DestinationMetrics.families(of: []).count == 18)
    }
}
