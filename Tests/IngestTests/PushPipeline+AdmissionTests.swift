import Delivery
import Exposition
import Fixtures
import NIOCore
import Samples
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("What a push takes besides its body: contract L3")
struct PushPipelineAdmissionTests {
    private func refusal(of body: String, under grouping: Grouping, by bench: Bench) -> PushError? {
        let pipeline = PushPipeline(bench.intake, carrying: .threadPool)
        let push = PushRequest(grouping: grouping, encoding: .identity, format: .text)
        do throws(PushError) {
            _ = try pipeline.take(push, body: ByteBuffer(string: body), settled: Acknowledgement { _ in })
            return nil
        } catch {
            return error
        }
    }

    @Test func `long grouping labels on many series are refused before they are written out`() {
        let bench = Bench()
        let long = Grouping.Label(name: Array("l".utf8), value: Array(repeating: UInt8(ascii: "x"), count: 30_000))
        let names = (0..<20_000).map { "m\($0) 1\n" }.joined()
        let grouping = Grouping(job: Array("j".utf8), labels: [long])
        guard case .largerThanQueue(destination: "far", limit: _) = refusal(of: names, under: grouping, by: bench)
        else {
            Issue.record("it is not refused")
            return
        }
        #expect(bench.far.requests == 0)
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `a destination that is not required has no say in how large a push may be`() {
        let bench = Bench(names: ["far", "small"]) { settings in
            settings.remoteWrite[1].required = false
            settings.remoteWrite[1].queue.maxQueueSize = .bytes(1_024)
        }
        let names = (0..<100).map { "m\($0) 1\n" }.joined()
        #expect(refusal(of: names, under: Grouping(job: Array("j".utf8)), by: bench) == nil)
        #expect(bench.metrics.destinations.map(\.samplesIn.value) == [100, 0])
        #expect(bench.metrics.destinations[1].samplesDropped.values["not_required_full"] == 100)
    }

    @Test func `many short lines are refused where reading them takes more than may be in hand`() {
        var settings = Pushgateway()
        settings.limits.inflightSize = .mebibytes(1)
        let bench = Bench(settings)
        let grouping = Grouping(job: Array("j".utf8))
        let lines = String(repeating: "a 1\n", count: 20_000)
        guard case .tooHeavy(limit: 1 << 20) = refusal(of: lines, under: grouping, by: bench) else {
            Issue.record("it is not refused")
            return
        }
        #expect(bench.intake.admission.inHand == 0)
        #expect(refusal(of: "a 1\n", under: grouping, by: bench) == nil)
    }

    @Test(arguments: [ExpositionFormat.text, .openMetrics, .protobuf])
    func `what a format becomes is admitted before it is read`(format: ExpositionFormat) {
        var settings = Pushgateway()
        settings.limits.inflightSize = .mebibytes(1)
        let bench = Bench(settings)
        // A thousand labels on a thousand buckets; or as many labels of two bytes as there is room for.
        var histogram = ProtobufWriter()
        histogram.family("h", type: 4) { family in
            family.metric((0..<1_000).map { ("l\($0)", "") }) { metric in
                metric.message(7) { value in
                    for bound in 0..<1_000 { value.message(3) { $0.double(2, Double(bound)) } }
                }
            }
        }
        let labels = Array(("a{" + (0..<30_000).map { "l\($0)=\"\"" }.joined(separator: ",") + "} 1\n").utf8)
        let push = PushRequest(grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: format)
        let body = format == .protobuf ? histogram.bytes : labels + labels + labels
        let error = #expect(throws: PushError.self) {
            try PushPipeline(bench.intake, carrying: .threadPool)
                .take(push, body: ByteBuffer(bytes: body), settled: Acknowledgement { _ in })
        }
        guard case .tooHeavy(limit: 1 << 20)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `a push that alone takes more than may be in hand is not asked to come again`() throws {
        var settings = Pushgateway()
        settings.limits.inflightSize = .mebibytes(1)
        let bench = Bench(settings)
        let grouping = Grouping(job: Array("j".utf8))
        // The body, the decoded body and the lines are below the limit each, and over it together.
        let lines = (0..<4_000).map { "a{b=\"\($0)\",c=\"\(String(repeating: "x", count: 70))\"} 1\n" }.joined()
        guard case .tooHeavy(limit: 1 << 20) = refusal(of: lines, under: grouping, by: bench) else {
            Issue.record("it is not refused for good")
            return
        }
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test(.timeLimit(.minutes(15))) func `a long text that protobuf repeats is refused before it is compared`() throws {
        let bench = Bench()
        // 8 MB on 100,000 buckets are 800 GB to look through.
        var histogram = ProtobufWriter()
        histogram.family("h", type: 4) { family in
            family.metric([("l", String(repeating: "x", count: 8 << 20))]) { metric in
                metric.message(7) { value in
                    for bound in 0..<100_000 { value.message(3) { $0.double(2, Double(bound)) } }
                }
            }
        }
        let push = PushRequest(grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: .protobuf)
        let error = #expect(throws: PushError.self) {
            try PushPipeline(bench.intake, carrying: .threadPool)
                .take(push, body: ByteBuffer(bytes: histogram.bytes), settled: Acknowledgement { _ in })
        }
        guard case .tooHeavy? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test(arguments: ["a", "a\n", "#", "#\n", "\"\"", "\\", "\\\n", "a# {\"\"}\n", "{\"a\"}\n", "é\n", "# HELP a \\\n"])
    func `small bodies are admitted by a bound that no text is over`(_ part: String) {
        for count in [1, 2, 3, 50, 1_000] {
            let body = Array(String(repeating: part, count: count).utf8)
            let most = body.count * PushPipeline.mostPerByte
            #expect(TextParser.largestSize(of: body.span) <= most)
            #expect(OpenMetricsParser.largestSize(of: body.span) <= most)
        }
    }
}
