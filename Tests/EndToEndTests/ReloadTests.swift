import Foundation
import Testing

/// The built program with the lifecycle enabled, whose configuration changes while pushes come in.
struct ReloadScene {
    let stage: Stage
    let collector: Collector

    init(_ configuration: String, flags: [String] = ["--web.enable-lifecycle"]) async throws {
        stage = try Stage()
        collector = try await Collector(on: stage, configuration: configuration, flags: flags)
    }

    /// Destinations by name and URL, with pushes that have just the samples that they show.
    static func configuration(
        _ destinations: [(String, String)], push: String = "acknowledge_timeout: 60s", rest: String = ""
    ) -> String {
        let entries = destinations.map { name, url in
            "  - {name: \(name), url: \"\(url)\", queue_config: {min_backoff: 10ms, max_backoff: 200ms}}\n"
        }
        return """
            push: {pushgateway: {push_time_seconds: false\(push.isEmpty ? "" : ", ")\(push)}}
            remote_write:
            \(entries.joined())\(rest)

            """
    }

    /// Writes another configuration in the place of the one before.
    func write(_ configuration: String) throws {
        _ = try stage.write(configuration, to: "collector-\(collector.port).yaml")
    }

    /// Asks for a reload.
    func reload() async throws -> Answer { try await curl("-X", "POST", "\(collector.url)/-/reload") }

    func metrics() async throws -> String { try await curl("\(collector.url)/metrics").body }
}

@Suite("A configuration that changes under load", .serialized)
struct ReloadTests {
    @Test func `nothing that was acknowledged is lost or overtaken while destinations come, change and go`()
        async throws
    {
        let first = try FaultyDestination(keepingRequests: false)
        let second = try FaultyDestination(keepingRequests: false)
        let scene = try await ReloadScene(ReloadScene.configuration([("one", first.url)]))
        let load = FaultLoad(.init(pushers: 16, rate: 300), to: scene.collector.port, checking: nil)
        try await wait(for: "pushes to be answered") { load.answered > 300 }
        // One comes.
        try scene.write(ReloadScene.configuration([("one", first.url), ("two", second.url)]))
        #expect(try await scene.reload().status == 200)
        try await wait(for: "the second to be delivered to") { second.record.count > 300 }
        // One changes how it is sent to, again and again.
        for number in 0..<5 {
            try scene.write(
                ReloadScene.configuration(
                    [("one", first.url), ("two", second.url)], push: "acknowledge_timeout: \(60 + number)s"
                ).replacing("200ms", with: "\(200 + number)ms").replacing("write\"", with: "write?n=\(number)\""))
            #expect(try await scene.reload().status == 200)
        }
        // One goes.
        try scene.write(ReloadScene.configuration([("two", second.url)]))
        #expect(try await scene.reload().status == 200)
        try await wait(for: "the first to be gone") { try await !scene.metrics().contains("destination=\"one\"") }
        let before = load.answered
        try await wait(for: "further pushes to be answered") { load.answered > before + 300 }
        load.stop()
        let ledger = try await load.ended()
        #expect(ledger.flaws == [])
        #expect(ledger.count(200) == ledger.counts.values.reduce(0, +), "\(ledger.counts)")
        #expect(try await scene.collector.terminate() == 0, "\(scene.collector.program.errors.suffix(2_000))")
        let records = [first.record, second.record]
        #expect(ledger.pushes(200).allSatisfy { push in records.contains { $0.holds(push) } })
        #expect(records.allSatisfy { $0.disordered == [] && $0.flaws == [] })
        let errors = scene.collector.program.errors
        #expect(errors.contains("destination leaves") && errors.contains("destination is gone"))
    }

    @Test func `what waits for a destination that is away goes to its new url, in order`() async throws {
        let port = try Stage.freePort()
        let scene = try await ReloadScene(
            ReloadScene.configuration([("one", "http://127.0.0.1:\(port)/write")], push: "acknowledge: queued"))
        let load = FaultLoad(.init(pushers: 4, pushes: 400), to: scene.collector.port, checking: nil)
        let ledger = try await load.ended()
        #expect(ledger.counts == [202: 400])
        let alive = try FaultyDestination()
        try scene.write(ReloadScene.configuration([("one", alive.url)], push: "acknowledge: queued"))
        scene.collector.program.signal(SIGHUP)
        try await wait(for: "all to arrive") { alive.record.count >= 400 }
        let record = alive.record
        #expect((0..<400).allSatisfy(record.holds))
        #expect(record.disordered == [])
        #expect(try await scene.collector.terminate() == 0)
    }

    @Test func `one that is taken out while it is away drains once it is back`() async throws {
        let (away, alive) = (try FaultyDestination { _ in .status(503, "") }, try FaultyDestination())
        let scene = try await ReloadScene(
            ReloadScene.configuration([("away", away.url), ("alive", alive.url)], push: "acknowledge: queued"))
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 202)
        try scene.write(ReloadScene.configuration([("alive", alive.url)]))
        #expect(try await scene.reload().status == 200)
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 2\n").status == 200)
        let pending = "push_collector_remote_write_samples_pending{destination=\"away\"} 1\n"
        #expect(try await scene.metrics().contains(pending))
        let page = try await curl("\(scene.collector.url)/").body
        #expect(page.contains("<bdi>away</bdi> <small>leaving: 1 sample still to deliver</small>"))
        #expect(!page.contains("away stores nothing"))
        away.behave { _ in .stored }
        try await wait(for: "it to be gone") { try await !scene.metrics().contains("destination=\"away\"") }
        #expect(try await scene.collector.terminate() == 0)
    }

    @Test func `a file that is wrong changes nothing, and says where`() async throws {
        let destination = try FaultyDestination()
        let right = ReloadScene.configuration([("one", destination.url)])
        let scene = try await ReloadScene(right)
        #expect(try await scene.metrics().contains("config_last_reload_successful 1\n"))
        try scene.write(right + "foo: 1\nlog: {level: loud}\n")
        let answer = try await scene.reload()
        #expect(answer.status == 500)
        let name = "collector-\(scene.collector.port).yaml"
        let lines = answer.body.split(separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.contains(name) }, "\(answer.body)")
        #expect(lines.contains { $0.contains(":1: foo: unknown key") }, "\(answer.body)")
        #expect(try await scene.metrics().contains("config_last_reload_successful 0\n"))
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 200)
        // A file that is there, and is no list of authorities.
        _ = try scene.stage.write("nonsense", to: "authority.pem")
        try scene.write(right.replacing("name: one", with: "tls_config: {ca_file: authority.pem}, name: one"))
        let unusable = try await scene.reload()
        let told = "ca_file: \"/", flaw = "holds no certificate in PEM, or one that is broken"
        #expect(unusable.status == 500 && unusable.body.contains(told) && unusable.body.contains(flaw), "\(unusable)")
        try scene.write(right)
        #expect(try await scene.reload().status == 200)
        #expect(try await scene.metrics().contains("config_last_reload_successful 1\n"))
        #expect(try await scene.collector.terminate() == 0)
        #expect(scene.collector.program.errors.contains("configuration not reloaded"))
    }

    @Test func `flags beat the file still, and where it listens stays`() async throws {
        let destination = try FaultyDestination()
        let scene = try await ReloadScene(
            ReloadScene.configuration([("one", destination.url)]),
            flags: ["--web.enable-lifecycle", "--log.level=info"])
        try scene.write(
            ReloadScene.configuration(
                [("one", destination.url)], push: "route_prefixes: [/new]",
                rest: "listen_address: 127.0.0.1:1\nlog: {level: error, format: json}"))
        #expect(try await scene.reload().status == 200)
        #expect(try await scene.collector.push("/metrics/job/x", "a 1\n").status == 404)
        #expect(try await scene.collector.push("/new/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 200)
        #expect(try await scene.collector.terminate() == 0)
        #expect(scene.collector.program.errors.contains("{\"ts\":"), "\(scene.collector.program.errors)")
    }

    @Test(arguments: ["POST", "PUT"]) func `quit drains and ends with 0`(method: String) async throws {
        let destination = try FaultyDestination { _ in .stored(after: .milliseconds(300)) }
        let scene = try await ReloadScene(
            ReloadScene.configuration([("one", destination.url)], push: "acknowledge: queued"))
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 202)
        #expect(try await curl("-X", method, "\(scene.collector.url)/-/quit").status == 200)
        #expect(try await scene.collector.program.exitCode() == 0, "\(scene.collector.program.errors)")
        #expect(destination.record.count == 1)
    }

    @Test func `a signal after quit does not hurry what drains`() async throws {
        let destination = try FaultyDestination { _ in .stored(after: .seconds(2)) }
        let scene = try await ReloadScene(
            ReloadScene.configuration([("one", destination.url)], push: "acknowledge: queued"))
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 202)
        for _ in 0..<2 { _ = try? await curl("-X", "POST", "\(scene.collector.url)/-/quit") }
        #expect(try await scene.collector.terminate() == 0, "\(scene.collector.program.errors)")
        #expect(destination.record.count == 1)
    }

    @Test func `a reload that hangs does not keep the process from ending`() async throws {
        let destination = try FaultyDestination()
        let scene = try await ReloadScene(ReloadScene.configuration([("one", destination.url)]))
        let file = scene.stage.folder.appending(path: "collector-\(scene.collector.port).yaml").path
        try FileManager.default.removeItem(atPath: file)
        _ = unsafe mkfifo(file, 0o600)
        scene.collector.program.signal(SIGHUP)
        let asked = Task { [url = scene.collector.url] in _ = try? await curl("-X", "POST", "\(url)/-/reload") }
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 200)
        #expect(try await scene.collector.terminate() == 0, "\(scene.collector.program.errors)")
        await asked.value
    }

    @Test func `a place gets no other name while samples wait for it`() async throws {
        let destination = try FaultyDestination { _ in .status(503, "") }
        let scene = try await ReloadScene(
            ReloadScene.configuration([("one", destination.url)], push: "acknowledge: queued"))
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 1\n").status == 202)
        try scene.write(ReloadScene.configuration([("two", destination.url)], push: "acknowledge: queued"))
        let refused = try await scene.reload()
        #expect(
            refused.status == 500 && refused.body.contains("one cannot become two while 1 samples wait"), "\(refused)")
        destination.behave { _ in .stored }
        try await wait(for: "it to be delivered") { destination.record.count == 1 }
        try await wait(for: "the other name") { try await scene.reload().status == 200 }
        #expect(try await scene.collector.push("/metrics/job/x", "fault_sequence{part=\"0\"} 2\n").status == 202)
        #expect(try await scene.collector.terminate() == 0)
        #expect(destination.record.count == 2)
    }
}
