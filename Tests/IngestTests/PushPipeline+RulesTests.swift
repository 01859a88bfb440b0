import Delivery
import NIOCore
import NIOHTTP1
import Samples
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("Rules for a push's series: contract B10, A7, L2")
struct PushPipelineRulesTests {
    private func take(_ body: String, through bench: Bench) throws -> PushPipeline.Outcome {
        let push = PushRequest(
            grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: .text)
        return try PushPipeline(bench.intake, carrying: .eventLoop)
            .take(push, body: ByteBuffer(string: body), settled: Acknowledgement { _ in })
    }

    @Test func `each push carries its time, as its grouping's`() throws {
        let bench = Bench(pushTime: true)
        #expect(try take("a 1\n", through: bench) == .queued)
        #expect(
            bench.far.lines == [
                "a{job=\"j\"} 1 1700000000000", "push_time_seconds{job=\"j\"} 1700000000 1700000000000",
            ])
        // It is no sample of the pusher's.
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 1)
        #expect(bench.metrics.destinations[0].samplesIn.value == 2)
    }

    @Test func `an empty push is acknowledged by its time`() throws {
        let bench = Bench(pushTime: true)
        #expect(try take("", through: bench) == .queued)
        #expect(bench.far.lines == ["push_time_seconds{job=\"j\"} 1700000000 1700000000000"])
    }

    private func refusal(_ body: String, _ type: String, by bench: Bench) throws -> String {
        let push = PushRequest(
            grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: .text, contentType: type)
        let error = #expect(throws: PushError.self) {
            try PushPipeline(bench.intake, carrying: .eventLoop)
                .take(push, body: ByteBuffer(string: body), settled: Acknowledgement { _ in })
        }
        return try #require(error?.description)
    }

    @Test func `lines that curl --data has joined are not taken for a comment and an empty push`() throws {
        let bench = Bench()
        let form = "application/x-www-form-urlencoded"
        #expect(
            try refusal("# HELP a What it is.# TYPE a gaugea 1", form, by: bench)
                == "text format parsing error in line 1: unexpected end of input stream; the body has no line feeds, "
                + "which curl --data removes: push it by curl --data-binary")
        #expect(
            try refusal("a 1b 2", form, by: bench)
                == "text format parsing error in line 1: expected float as value, got \"1b\"; the body has no line feeds, "
                + "which curl --data removes: push it by curl --data-binary")
        #expect(bench.far.requests == 0)
        #expect(try take("# HELP a What it is.", through: bench) == .empty)
    }

    @Test(
        arguments: [
            ("a 5ms", "text format parsing error in line 1: expected float as value, got \"5ms\""),
            ("a 1\nmy-metric 1", "text format parsing error in line 2: expected float as value, got \"-metric\""),
            ("a{b=\"c\"", "text format parsing error in line 1: unexpected end of label value \"c\""),
            ("a{b=\"c", "text format parsing error in line 1: unexpected end of input stream"),
            ("a 1\r", "text format parsing error in line 1: unexpected end of input stream"),
        ])
    func `a line feed that is missing at the end is not what is wrong`(body: String, sentence: String) throws {
        let bench = Bench()
        #expect(try refusal(body, "text/plain", by: bench) == sentence)
        #expect(bench.far.requests == 0)
    }

    @Test(
        arguments: [
            (ExpositionFormat.text, [0x1f, 0x8b, 0x08, 0x00], "Content-Encoding: gzip"),
            (.openMetrics, [0x1f, 0x8b, 0x08, 0x00], "Content-Encoding: gzip"),
            (.protobuf, Array("a 1\n".utf8), "the body is text"),
        ] as [(ExpositionFormat, [UInt8], String)])
    func `R7 each format hints at the frequent mistakes`(format: ExpositionFormat, body: [UInt8], hint: String) throws {
        let push = PushRequest(grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: format)
        let error = #expect(throws: PushError.self) {
            try PushPipeline(Bench().intake, carrying: .eventLoop)
                .take(push, body: ByteBuffer(bytes: body), settled: Acknowledgement { _ in })
        }
        #expect(try #require(error?.description).contains(hint))
    }

    @Test func `metadata goes with the first push that has it, and with the next where that was not taken`() throws {
        let queue = Queue()
        let bench = Bench(far: FarSide(.atOnce), queue: queue)
        #expect(try take("# TYPE a counter\n# HELP a What it is.\na 1\n", through: bench) == .queued)
        #expect(try take("# TYPE a counter\na 2\n", through: bench) == .queued)
        #expect(bench.far.families == [["a counter What it is."], []])
    }

    @Test func `the time of a push is outside the limits`() throws {
        var settings = Pushgateway()
        settings.limits.seriesPerPush = 1
        settings.limits.labelValueLength = 3
        let bench = Bench(settings, pushTime: true)
        #expect(try take("a 1\n", through: bench) == .queued)
        #expect(bench.far.lines.count == 2)
    }

    @Test(
        arguments: [
            ("series_per_push, 1: b", \Limits.seriesPerPush, 1),
            ("labels_per_series, 1: a{l=\"v\"}", \.labelsPerSeries, 1),
            ("label_name_length, 2: a{l=\"v\"}", \.labelNameLength, 2),
            ("label_value_length, 2: b{l=\"long\"}", \.labelValueLength, 2),
        ])
    func `a push over a limit is refused with the limit, its value and the series`(
        message: String, limit: any WritableKeyPath<Limits, Int> & Sendable, value: Int
    ) throws {
        var settings = Pushgateway()
        settings.limits[keyPath: limit] = value
        let bench = Bench(settings, pushTime: true)
        let error = #expect(throws: PushError.self) { try take("a{l=\"v\"} 1\nb{l=\"long\"} 1\n", through: bench) }
        let description = try #require(error?.description)
        #expect(description.hasPrefix("pushed metrics are over limits.\(message)"), "\(description)")
        #expect(error?.reason == "series_limit")
        #expect(HTTPAnswer(refusing: try #require(error)).status == .badRequest)
        #expect(bench.far.requests == 0)
    }
}
