import Compression
import Delivery
import Discovery
import Fixtures
import Settings
import Telemetry
import Testing

@testable import Scraping

@Suite struct ScrapePipelineTests {
    private let target = ScrapeTarget(address: "h:1", job: "j", labels: ["team": "a"])

    private func take(
        _ answer: FetchAnswer, _ pipeline: ScrapePipeline, _ memory: inout SeriesMemory, at time: Int64 = 0
    ) -> ScrapePipeline.Result {
        let occasion = ScrapePipeline.Occasion(
            number: 1, target: target, time: Scene.wallClock + time, duration: .milliseconds(250))
        return pipeline.take(answer, on: occasion, after: &memory)
    }

    private func text(_ body: String) -> FetchAnswer {
        .answered(FetchResponse(status: 200, contentType: "text/plain", body: Array(body.utf8)))
    }

    /// `up` and its like, with these values.
    private func report(_ up: Int, _ scraped: Int, _ kept: Int, _ added: Int, at time: Int64 = 0) -> [String] {
        let labels = #"{instance="h:1",job="j",team="a"}"#
        return [
            "up\(labels) \(up).0 @\(time)", "scrape_duration_seconds\(labels) 0.25 @\(time)",
            "scrape_samples_scraped\(labels) \(scraped).0 @\(time)",
            "scrape_samples_post_metric_relabeling\(labels) \(kept).0 @\(time)",
            "scrape_series_added\(labels) \(added).0 @\(time)",
        ]
    }

    @Test func `scrapes go where a reload says, whose external labels they get`() throws {
        let (scene, other) = (try Scene(), try Scene { $0.externalLabels = ["zone": "z"] })
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        _ = take(text("x 1\n"), pipeline, &memory)
        #expect(try scene.delivered().contains { $0.hasPrefix("x{") && !$0.contains("zone") })
        scene.current.value = other.outbox
        scene.outbox.replace()
        _ = take(text("x 2\n"), pipeline, &memory, at: 1_000)
        #expect(try scene.delivered().isEmpty)
        #expect(try other.delivered().contains { $0.hasPrefix("x{") && $0.contains("zone=\"z\"") })
    }

    @Test func `pushed labels are kept, the target's added, and it is said how the scrape went`() throws {
        let scene = try Scene()
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        let result = take(
            text("a{job=\"x\",instance=\"\"} 1\nb 2 1700000000001\ngo_threads 7\n"), pipeline, &memory)
        #expect(result.flaw == nil && result.samples == 3)
        #expect(
            try scene.delivered() == [
                #"a{job="x",team="a"} 1.0 @0"#, #"b{instance="h:1",job="j",team="a"} 2.0 @1"#,
            ] + report(1, 3, 2, 2))
        #expect(memory.count == 2)
    }

    @Test func `a series that ends gets a marker, one with times of its own does not`() throws {
        let scene = try Scene()
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        _ = take(text("a{job=\"x\"} 1\nb{job=\"x\"} 1\nc{job=\"x\"} 2 1700000000001\n"), pipeline, &memory)
        _ = try scene.delivered()
        _ = take(text("b{job=\"x\"} 1\nd{job=\"x\"} 1\n"), pipeline, &memory, at: 1_000)
        let own = #"{instance="h:1",job="x",team="a"}"#
        #expect(
            try scene.delivered() == ["b\(own) 1.0 @1000", "d\(own) 1.0 @1000", "a\(own) stale @1000"]
                + report(1, 2, 2, 1, at: 1_000))
        #expect(scene.metrics.scrape.staleMarkers.value == 1)
    }

    @Test func `a scrape that fails ends all series, once, and they are not new when they come back`() throws {
        let scene = try Scene()
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        _ = take(text("a{job=\"x\"} 1\n"), pipeline, &memory)
        _ = try scene.delivered()
        let failure = take(.failed(.unreachable, "connection refused"), pipeline, &memory, at: 1)
        #expect(failure.flaw == ScrapeFlaw(.unreachable, "connection refused"))
        let own = #"a{instance="h:1",job="x",team="a"}"#
        #expect(try scene.delivered() == ["\(own) stale @1"] + report(0, 0, 0, 0, at: 1))
        _ = take(.failed(.timeout, "no answer"), pipeline, &memory, at: 2)
        #expect(try scene.delivered() == report(0, 0, 0, 0, at: 2))
        _ = take(text("a{job=\"x\"} 1\n"), pipeline, &memory, at: 3)
        #expect(try scene.delivered() == ["\(own) 1.0 @3"] + report(1, 1, 1, 0, at: 3))
    }

    @Test(arguments: ["a{", "a 1\na 1\n", "# TYPE a counter\n# TYPE a gauge\n"])
    func `a body that is wrong anywhere is taken nowhere`(body: String) throws {
        let scene = try Scene()
        var memory = SeriesMemory()
        #expect(take(text(body), ScrapePipeline(scene.parts), &memory).flaw?.kind == .body)
        #expect(try scene.delivered() == report(0, 0, 0, 0))
    }

    @Test func `a full queue takes nothing, and what has ended is told the next time`() throws {
        let scene = try Scene { $0.remoteWrite[0].queue.maxQueueSize = .bytes(1_100) }
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        #expect(take(text("a{job=\"x\"} 1\n"), pipeline, &memory).flaw == nil)
        let refused = take(text(""), pipeline, &memory, at: 1)
        #expect(refused.flaw == ScrapeFlaw(.queueFull, "the queue of far is full") && refused.retryAfter != nil)
        _ = try scene.delivered()
        #expect(take(text(""), pipeline, &memory, at: 2).flaw == nil)
        #expect(try scene.delivered().first?.hasSuffix("stale @2") == true)
    }

    @Test func `a target that ends takes its series along, but for those that go on elsewhere`() throws {
        let scene = try Scene()
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        _ = take(text("a{job=\"x\"} 1\nb{job=\"x\"} 1\n"), pipeline, &memory)
        _ = try scene.delivered()
        let spared = memory.hashes[1]
        let occasion = ScrapePipeline.Occasion(number: 1, target: target, time: Scene.wallClock + 9)
        #expect(pipeline.end(on: occasion, &memory, sparing: [spared]))
        let lines = try scene.delivered()
        #expect(lines.count == 6 && lines.allSatisfy { $0.hasSuffix("stale @9") })
        #expect(lines.first?.hasPrefix("a{") == true && !lines.contains { $0.hasPrefix("b{") })
        #expect(memory.count == 0)
    }

    @Test func `external labels and relabelling are those of a push`() throws {
        let scene = try Scene {
            $0.externalLabels = ["cluster": "c"]
            var rule = RelabelRule()
            (rule.sourceLabels, rule.regex, rule.action) = (["__name__"], "scrape_.*", .drop)
            $0.remoteWrite[0].relabelRules = [rule]
        }
        var memory = SeriesMemory()
        _ = take(text("a{job=\"x\"} 1\n"), ScrapePipeline(scene.parts), &memory)
        #expect(
            try scene.delivered() == [
                #"a{cluster="c",instance="h:1",job="x",team="a"} 1.0 @0"#,
                #"up{cluster="c",instance="h:1",job="j",team="a"} 1.0 @0"#,
            ])
    }

    @Test func `a remembered series takes less than 100 bytes`() throws {
        let scene = try Scene()
        let pipeline = ScrapePipeline(scene.parts)
        var body = ""
        for index in 0..<1_000 {
            body += "backup_step_\(index)_seconds{instance=\"\",job=\"nightly-backup\",database=\"orders-\(index)\","
            body += "region=\"eu-central-1\"} \(index * 7919 % 1000).25\n"
        }
        var memory = SeriesMemory()
        #expect(take(text(body), pipeline, &memory).flaw == nil)
        #expect(memory.count == 1_000 && memory.size / memory.count < 100, "\(memory.size)")
    }

    private func protobuf(_ body: ProtobufWriter) -> FetchAnswer {
        .answered(
            FetchResponse(
                status: 200,
                contentType:
                    "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
                body: body.bytes))
    }

    @Test func `a native histogram arrives as one, is one sample, and ends as one`() throws {
        let scene = try Scene { $0.remoteWrite[0].sendNativeHistograms = true }
        let pipeline = ScrapePipeline(scene.parts)
        var memory = SeriesMemory()
        var body = ProtobufWriter()
        body.family("h", type: 4) { family in
            family.metric([("job", "x")]) { metric in
                metric.message(7) { histogram in
                    histogram.varint(1, 3)
                    histogram.double(2, 4.5)
                    histogram.zigZag(5, 2)
                    histogram.double(6, 0.001)
                    histogram.varint(7, 0)
                    histogram.message(12) {
                        $0.zigZag(1, 0); $0.varint(2, 1)
                    }
                    histogram.zigZag(13, 3)
                }
            }
        }
        #expect(take(protobuf(body), pipeline, &memory).samples == 1)
        let own = #"h{instance="h:1",job="x",team="a"}"#
        #expect(try scene.delivered() == ["\(own) histogram @0"] + report(1, 1, 1, 4))
        _ = take(text(""), pipeline, &memory, at: 1)
        #expect(try scene.delivered().first == "\(own) histogram stale @1")
    }

    @Test func `a small body that asks for much is not read`() throws {
        let scene = try Scene { $0.push.pushgateway.limits.inflightSize = .mebibytes(1) }
        var memory = SeriesMemory()
        var body = ProtobufWriter()
        body.family("h", type: 4) { family in
            family.metric((0..<1_000).map { ("l\($0)", "") }) { metric in
                metric.message(7) { histogram in
                    for bound in 0..<1_000 { histogram.message(3) { $0.double(2, Double(bound)) } }
                }
            }
        }
        let flaw = take(protobuf(body), ScrapePipeline(scene.parts), &memory).flaw
        #expect(flaw == ScrapeFlaw(.bodySize, "it would take more than limits.inflight_size, 1MiB, to read the body"))
        #expect(try scene.delivered() == report(0, 0, 0, 0))
    }
}
