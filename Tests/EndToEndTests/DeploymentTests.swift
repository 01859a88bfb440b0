import Fixtures
import Foundation
import Testing

@Suite("What stands in deploy/")
struct DeploymentTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    private static func path(_ name: String) -> String { Fixtures.root.appending(path: name).path }

    /// Runs one of the checks under `Tests/Deployment`, and expects it to find nothing.
    private func expect(_ check: String, _ arguments: String...) async throws {
        let result = try await FinishedProgram(
            Stage.tool("python/bin/python"), ["-B", Self.path("Tests/Deployment/\(check).py")] + arguments)
        #expect(result.code == 0, "\(result.output)\(result.errors)")
    }

    private func expect(_ program: String, _ arguments: [String]) async throws {
        let result = try await FinishedProgram(program, arguments)
        #expect(result.code == 0, "\(result.output)\(result.errors)")
    }

    @Test(arguments: ["check", "test"])
    func `promtool takes the rules, and plays each alert through`(command: String) async throws {
        let file = command == "check" ? "rules.yml" : "rules_test.yml"
        try await expect(
            Stage.tool("usr/bin/promtool"), [command, "rules", Self.path("deploy/prometheus/\(file)")])
    }

    @Test func `rules and dashboard ask for metrics that the program has`() async throws {
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(on: stage, to: receiver.writeURL)
        #expect(try await collector.push("/metrics/job/x", "a 1\n").status == 200)
        let page = try stage.write(try await curl("\(collector.url)/metrics").body, to: "metrics")
        try await expect("metrics", Stage.tool("usr/bin/promtool"), page)
    }

    @Test func `the manifests and what the chart renders are valid, and the same`() async throws {
        try await expect("manifests", Stage.tool("clients/render-chart"), Stage.program)
    }

    @Test func `the image has what the program is linked with`() async throws {
        try await expect("image", Stage.program)
    }

    @Test func `the compose file is valid, and Prometheus and Grafana find their files`() async throws {
        try await expect("compose", Stage.tool("usr/bin/promtool"))
    }

    @Test func `systemd takes the unit, and finds little that it exposes`() async throws {
        let unit = try String(contentsOfFile: Self.path("deploy/systemd/push-collector.service"), encoding: .utf8)
        let file = try stage.write(
            unit.replacing("/usr/local/bin/push-collector", with: Stage.program), to: "push-collector.service")
        let socket = try stage.write(
            try String(contentsOfFile: Self.path("deploy/systemd/push-collector.socket"), encoding: .utf8),
            to: "push-collector.socket")
        let verified = try await FinishedProgram("/usr/bin/systemd-analyze", ["verify", file, socket])
        #expect(verified.code == 0)
        #expect(!verified.errors.contains("push-collector."), "\(verified.errors)")
        try await expect("/usr/bin/systemd-analyze", ["security", "--offline=true", "--threshold=15", file])
    }

    @Test func `a function on Lambda pushes what it counted when its environment ends`() async throws {
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(on: stage, to: receiver.writeURL)
        try await expect("lambda", "\(collector.url)/pushgateway")
        #expect(try await collector.terminate() == 0)
        let group = "{instance=\"2026/01/31/[$LATEST]0123\",job=\"greeter\"}"
        for line in ["function_invocations_total\(group) 3 ", "function_failures_total\(group) 1 "] {
            try await receiver.prints(line)
        }
    }

    @Test func `the packages hold what they should, the same each time`() async throws {
        try await expect("release", Stage.program, stage.folder.path)
    }
}
