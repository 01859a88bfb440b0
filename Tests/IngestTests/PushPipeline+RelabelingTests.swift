import Delivery
import NIOCore
import NIOEmbedded
import RemoteWrite
import Samples
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("Relabelling and external labels on the way of a push")
struct PushPipelineRelabelingTests {
    private let stored = Response.status(204, message: "", retryAfter: nil)

    private func rule(
        _ action: RelabelAction, _ sources: [String] = [], _ regex: String = "(.*)", to target: String = "",
        _ replacement: String = "$1"
    ) -> RelabelRule {
        var rule = RelabelRule()
        (rule.action, rule.sourceLabels, rule.regex) = (action, sources, regex)
        (rule.targetLabel, rule.replacement) = (target, replacement)
        return rule
    }

    private func dropped(_ bench: Bench, by destination: Int = 0) -> Int? {
        bench.metrics.destinations[destination].samplesDropped.values["relabel"]
    }

    @Test func `the order is grouping, relabel_configs, external_labels, write_relabel_configs`() throws {
        let bench = Bench { settings in
            settings.push.pushgateway.relabelRules = [
                rule(.replace, ["job", "zone"], to: "seen_first"), rule(.replace, to: "__tmp_x", "t"),
            ]
            settings.externalLabels = ["zone": "eu", "job": "never"]
            settings.remoteWrite[0].relabelRules = [rule(.replace, ["job", "zone", "__tmp_x"], to: "seen_last")]
        }
        let connection = try EmbeddedConnection(bench)
        for _ in 0..<2 { #expect(Reply.one(try connection.push("a 1 5\nb{zone=\"own\"} 2 5\n"))?.status == 200) }
        let lines = [
            #"a{job="j",seen_first="j;",seen_last="j;eu;t",zone="eu"} 1 5"#,
            #"b{job="j",seen_first="j;own",seen_last="j;own;t",zone="own"} 2 5"#,
        ]
        #expect(bench.far.lines.sorted() == (lines + lines).sorted())
    }

    @Test func `what is dropped is counted, and metadata of the others goes along`() throws {
        let bench = Bench(pushTime: true) { settings in
            settings.push.pushgateway.relabelRules = [rule(.drop, ["__name__"], "b.*|push_time_seconds")]
        }
        let body = "# TYPE a gauge\na 1 5\nb 1 5\nb 2 6\nb2 3 5\n"
        #expect(Reply.one(try EmbeddedConnection(bench).push(body))?.status == 200)
        #expect(bench.far.lines == [#"a{job="j"} 1 5"#])
        #expect(bench.far.families.joined().contains { $0.hasPrefix("a gauge") })
        #expect(dropped(bench) == 4)
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 4)
        #expect(bench.metrics.destinations[0].samplesIn.value == 1)
    }

    @Test func `a push of which nothing is left is answered 200 at once, with no request and no metadata`() throws {
        let bench = Bench(far: FarSide(.asTold)) { $0.push.pushgateway.relabelRules = [rule(.drop)] }
        let connection = try EmbeddedConnection(bench)
        #expect(Reply.one(try connection.push("# TYPE a gauge\na 1\n"))?.status == 200)
        bench.far.answer(stored)
        #expect(bench.far.requests == 0)
        #expect(dropped(bench) == 1)
        #expect(bench.intake.admission.inHand == 0)
        #expect(bench.metrics.pushes.samplesReceived.values["text"] == 1)
    }

    @Test func `a destination that gets nothing is not waited for, whether it fails or not`() throws {
        let bench = Bench(far: FarSide(.asTold), names: ["far", "farther"]) { settings in
            settings.remoteWrite[1].relabelRules = [rule(.keep, ["team"], "a")]
        }
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        bench.far.answer(stored, by: 0)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(dropped(bench, by: 0) == 0 && dropped(bench, by: 1) == 1)
        // Once it has something to store, and does not, it is failing.
        #expect(try EmbeddedConnection(bench).push("x{team=\"a\"} 1\n") == "")
        let now = ContinuousClock.now
        for seconds in [10, 5] {
            bench.far.answer(.unreachable("connection refused"), at: now - .seconds(seconds), by: 1)
        }
        #expect(try connection.push("x 2\n") == "")
        bench.far.answer(stored, by: 0)
        #expect(Reply.one(try connection.answer())?.status == 200)
        #expect(Reply.one(try connection.push("x{team=\"a\"} 3\n"))?.status == 202)
    }

    @Test func `series that become equal are one, and what they have twice is counted`() throws {
        let bench = Bench { $0.push.pushgateway.relabelRules = [rule(.labeldrop, [], "i")] }
        let connection = try EmbeddedConnection(bench)
        let body = "a{i=\"1\"} 1\na{i=\"2\"} 2\na{i=\"3\"} 3 5\na{i=\"4\"} 4 1700000000000\nb 1 5\n"
        #expect(Reply.one(try connection.push(body))?.status == 200)
        #expect(bench.far.lines.sorted() == ["a{job=\"j\"} 3 5\na{job=\"j\"} 1 1700000000000", #"b{job="j"} 1 5"#])
        #expect(dropped(bench) == 2)
    }

    @Test func `push_time_seconds goes the same way, and joins what is made equal to it`() throws {
        let bench = Bench(pushTime: true) { settings in
            settings.push.pushgateway.relabelRules = [
                rule(.replace, ["__name__"], "b", to: "__name__", "push_time_seconds")
            ]
            settings.externalLabels = ["cluster": "c"]
        }
        #expect(Reply.one(try EmbeddedConnection(bench).push("a 1 5\nb 2 5\n"))?.status == 200)
        #expect(
            bench.far.lines.sorted() == [
                #"a{cluster="c",job="j"} 1 5"#,
                "push_time_seconds{cluster=\"c\",job=\"j\"} 2 5\n"
                    + "push_time_seconds{cluster=\"c\",job=\"j\"} 1700000000 1700000000000",
            ])
    }

    @Test func `destinations with the same rules share the bytes, others have their own`() throws {
        let drop = rule(.drop, ["__name__"], "a")
        let bench = Bench(names: ["one", "two", "three"]) { settings in
            settings.remoteWrite[0].relabelRules = [drop]
            settings.remoteWrite[2].relabelRules = [drop]
        }
        #expect(bench.outbox.profiles.count == 2 && bench.outbox.relabelers.count == 2)
        #expect(Reply.one(try EmbeddedConnection(bench).push("a 1 5\nb 2 5\n"))?.status == 200)
        let b = #"b{job="j"} 2 5"#
        #expect(bench.far.lines.sorted() == [#"a{job="j"} 1 5"#, b, b, b])
    }

    @Test func `without rules and external labels there is nothing to go through`() throws {
        let bench = Bench()
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        #expect(bench.outbox.relabelers.count == 1 && bench.outbox.relabelers[0] == nil)
        #expect(bench.outbox.profiles.map(\.relabeling) == [0])
        #expect(pipeline.relabeled.count == 1)
    }

    @Test func `rules that make a push too large have it refused, and nothing is held`() throws {
        var limits = Pushgateway()
        limits.limits.inflightSize = .bytes(1 << 20)
        limits.limits.bodySize = .bytes(1 << 16)
        limits.limits.decodedSize = .bytes(1 << 16)
        let bench = Bench(limits) { settings in
            let twice = rule(.replace, ["x"], to: "x", "$1$1")
            settings.push.pushgateway.relabelRules = Array(repeating: twice, count: 20)
        }
        let reply = try #require(Reply.one(try EmbeddedConnection(bench).push("a{x=\"12345678\"} 1\n")))
        #expect(reply.status == 413)
        #expect(bench.intake.admission.inHand == 0)
        #expect(bench.far.requests == 0)
    }

    @Test func `exemplars of series that are dropped are not counted as left out`() throws {
        let bench = Bench { $0.push.pushgateway.relabelRules = [rule(.drop, ["__name__"], "a_total")] }
        let body = "# TYPE a counter\na_total 1 # {t=\"1\"} 1\n# TYPE b counter\nb_total 1 # {t=\"1\"} 1\n# EOF\n"
        let type = "Content-Type: application/openmetrics-text; version=1.0.0\r\n"
        #expect(Reply.one(try EmbeddedConnection(bench).push(body, headers: type))?.status == 200)
        #expect(dropped(bench) == 1)
        #expect(bench.metrics.destinations[0].samplesDropped.values["exemplar"] == 1)
    }
}
