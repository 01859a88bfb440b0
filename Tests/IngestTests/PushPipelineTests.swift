import Delivery
import Dispatch
import NIOCore
import Samples
import Settings
import Synchronization
import Telemetry
import Testing

@testable import Ingest

@Suite("The way of a push: contract B2, B3, B5–B8, B13, G9, L1, L3")
struct PushPipelineTests {
    private let grouping = Grouping(job: Array("j".utf8), labels: [.init(name: Array("a".utf8), value: [])])

    private func take(
        _ body: [UInt8], _ encoding: ContentEncoding = .identity, through pipeline: PushPipeline
    ) throws -> PushPipeline.Outcome {
        let push = PushRequest(grouping: grouping, encoding: encoding, format: .text)
        return try pipeline.take(push, body: ByteBuffer(bytes: body), settled: Acknowledgement { _ in })
    }

    private func take(_ body: String, through pipeline: PushPipeline) throws -> PushPipeline.Outcome {
        try take(Array(body.utf8), through: pipeline)
    }

    @Test func `a push becomes sorted, merged and stamped series`() throws {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        let body = """
            z{b="1",a="gone",job="body",empty=""} 3 30
            z{b="1"} 2 20
            y 1
            """
        #expect(try take(body, through: pipeline) == .queued)
        #expect(
            bench.far.lines == [
                "z{b=\"1\",job=\"j\"} 2 20\nz{b=\"1\",job=\"j\"} 3 30", "y{job=\"j\"} 1 1700000000000",
            ])
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 3)
        #expect(bench.metrics.pushes.seriesReceived.values["text"] == 2)
    }

    @Test func `a sample ahead of the time of receipt leaves behind the one that is received`() throws {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        #expect(try take("a 1 1700000060000\na 2\n", through: pipeline) == .queued)
        #expect(bench.far.lines == ["a{job=\"j\"} 2 1700000000000\na{job=\"j\"} 1 1700000060000"])
    }

    @Test func `a push of nothing is not queued`() throws {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        #expect(try take("", through: pipeline) == .empty)
        #expect(try take("# TYPE x counter\n", through: pipeline) == .empty)
        #expect(bench.far.requests == 0)
    }

    @Test func `what is too heavy for an event loop is left as it is`() throws {
        let bench = Bench()
        let light = PushPipeline(bench.intake, carrying: Weight(compressed: 100, decoded: 200))
        let heavy = PushPipeline(bench.intake, carrying: .threadPool)
        let comment = "#" + String(repeating: "x", count: 200) + "\n"
        let cases: [([UInt8], ContentEncoding)] = [
            (Array((comment + "x 1\n").utf8), .identity),  // too large decoded
            (Gzip.stored(comment + "x 2\n"), .gzip),  // too large compressed
            (Gzip.bomb(UInt8(ascii: "\n"), runs: 1), .gzip),  // swells too much
            (Gzip.bomb(UInt8(ascii: "\n"), runs: 1) + Gzip.stored("x 3\n"), .gzip),  // and its trailer does not say so
        ]
        for (body, encoding) in cases {
            #expect(try take(body, encoding, through: light) == .tooHeavy)
            #expect(bench.intake.admission.inHand == 0)
            #expect(bench.far.requests == 0 || bench.far.lines.isEmpty == false)
        }
        let before = bench.far.lines.count
        for (body, encoding) in cases { _ = try take(body, encoding, through: heavy) }
        #expect(before == 0)
        #expect(bench.far.lines.count == 3)
    }

    @Test func `what has been swollen is let go`() throws {
        let pipeline = PushPipeline(Bench().intake, carrying: .threadPool)
        #expect(try take("x 1\n", through: pipeline) == .queued)
        let small = pipeline.batch.arena.capacity
        #expect(small > 0)
        #expect(try take("#" + String(repeating: "x", count: 5 << 20) + "\nx 1\n", through: pipeline) == .queued)
        #expect(pipeline.batch.arena.capacity == 0)
        #expect(pipeline.batch.samples.isEmpty)
    }

    @Test func `a refused push leaves nothing to the next one`() throws {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        for body in ["x 1\ny\n", "x 1\nx 2\n", "x{__a=\"b\"} 1\n"] {
            #expect(throws: PushError.self) { try take(body, through: pipeline) }
            #expect(try take("z 1\n", through: pipeline) == .queued)
        }
        let truncated = Array(Gzip.stored("x 1\ny 1\n").dropLast(10))
        #expect(throws: PushError.self) { try take(truncated, .gzip, through: pipeline) }
        #expect(try take("z 1\n", through: pipeline) == .queued)
        #expect(bench.far.lines.map { $0.first } == ["z", "z", "z", "z"])
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `decoded bytes are admitted before they are there, and given back`() throws {
        var settings = Pushgateway()
        settings.limits.inflightSize = .bytes(1_000)
        settings.limits.decodedSize = .bytes(900)
        let bench = Bench(settings)
        let pipeline = PushPipeline(bench.intake, carrying: .threadPool)
        // 1 KiB is over decoded_size, and its trailer says 1: room is asked for the limit at most.
        let liar = Gzip.bomb(UInt8(ascii: "\n"), runs: 4).dropLast(4) + [1, 0, 0, 0]
        #expect(reason { try take(Array(liar), .gzip, through: pipeline) } == "decoded_size")
        #expect(try take(Gzip.bomb(UInt8(ascii: "\n"), runs: 3), .gzip, through: pipeline) == .empty)
        var others = bench.intake.admission.permit()
        let isGranted = others.grow(by: 300)
        #expect(isGranted)
        #expect(
            reason { try take(Gzip.bomb(UInt8(ascii: "\n"), runs: 3), .gzip, through: pipeline) } == "inflight_size")
        #expect(bench.intake.admission.inHand == 300)
        _ = consume others
    }

    private func reason(_ body: () throws -> PushPipeline.Outcome) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? PushError)?.reason
        }
    }

    @Test func `pushes of one group from many threads all get in, each at its own time`() throws {
        var settings = Pushgateway()
        settings.acknowledge = .queued
        let bench = Bench(settings, far: FarSide(.asTold))
        let outcomes = Mutex<[String: Int]>([:])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
            for _ in 0..<100 {
                let refusal = reason { try take("x 1\n", through: pipeline) }
                outcomes.withLock { $0[refusal ?? "queued", default: 0] += 1 }
            }
        }
        bench.far.answer(.status(200, message: "", retryAfter: nil))
        let queued = outcomes.withLock { $0["queued"] ?? 0 }
        let times = bench.far.lines.flatMap { $0.split(separator: "\n") }.map { $0.split(separator: " ").last }
        // Whoever loses thirty races in a row is refused; all others are there once, in order.
        #expect(queued + outcomes.withLock { $0["contended"] ?? 0 } == 800)
        #expect(queued > 700)
        #expect(times.count == queued)
        #expect(times == times.sorted { ($0 ?? "") < ($1 ?? "") })
        #expect(Set(times).count == queued)
    }

    @Test func `who has lost races aims ahead of the group's last time, which may be ahead of the clock`() throws {
        let bench = Bench()
        #expect(try take("x 1\n", through: PushPipeline(bench.intake, carrying: .eventLoop)) == .queued)
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        let ahead = [0, 1, 2, 3, 11].map { attempt in
            pipeline.receiptTime(of: grouping, attempt: attempt, now: 1_700_000_000_000 - 30_000) - 1_700_000_000_000
        }
        #expect(ahead == [1, 1, 5, 9, 2_049])
    }

    @Test func `the refusals of the outbox are the pusher's`() {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        #expect(pipeline.refusal(.superseded).reason == "contended")
        #expect(pipeline.refusal(.closed).reason == "draining")
        #expect(pipeline.refusal(.tooLarge(destination: "d", limit: 7)).reason == "queue_size")
        #expect(pipeline.refusal(.full(destination: "d", retryAfter: 7)).reason == "queue_full")
        #expect(bench.intake.readiness.answer(now: .now).body == "queue full: d")
    }
}
