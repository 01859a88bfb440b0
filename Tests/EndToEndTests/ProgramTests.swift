import Foundation
import Testing

@Suite("The program by itself", .serialized)
struct ProgramTests {
    @Test func `dev answers the first push and prints the series`() async throws {
        let stage = try Stage()
        let port = try Stage.freePort()
        let program = try RunningProgram(
            Stage.program, ["dev", "--web.listen-address=127.0.0.1:\(port)"], in: stage.folder)
        try await wait(for: "dev to be ready") {
            guard program.isRunning else { throw TimedOut(description: "dev ended: \(program.errors)") }
            return (try? await curl("http://127.0.0.1:\(port)/-/ready"))?.status == 200
        }
        let answer = try await curl(
            "http://127.0.0.1:\(port)/pushgateway/metrics/job/some_job/job_id/my_unique_id",
            body: "some_metric{label=\"val1\"} 42\n")
        #expect(answer.status == 200, "\(answer) \(program.errors)")
        try await wait(for: "the series to be printed") {
            program.output.contains(
                "some_metric{job=\"some_job\",job_id=\"my_unique_id\",label=\"val1\"} 42")
        }
        program.signal(SIGTERM)
        #expect(try await program.exitCode() == 0, "\(program.errors)")
    }

    @Test func `its own metrics satisfy promtool`() async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let collector = try await Collector(on: stage, to: prometheus.writeURL)
        #expect(try await collector.push("/metrics/job/own", "own 1\n").status == 200)
        #expect(try await collector.push("/metrics/job/own", "own one\n").status == 400)
        let metrics = try await curl("\(collector.url)/metrics")
        #expect(metrics.status == 200)
        #expect(metrics.body.contains("push_collector_remote_write_samples_total{destination=\"backend\"} 2\n"))
        let page = try stage.write(metrics.body, to: "metrics")
        let check = try await FinishedProgram(
            "/bin/bash", ["-c", "\(Stage.tool("usr/bin/promtool")) check metrics < \(page)"])
        #expect(check.code == 0, "\(check)")
        #expect(check.output + check.errors == "")
        #expect(try await collector.terminate() == 0)
    }

    @Test func `check names every error with its place`() async throws {
        let stage = try Stage()
        let file = try stage.write("listen_adress: 0.0.0.0:3030\nlog: {level: loud}\n", to: "bad.yaml")
        let check = try await FinishedProgram(Stage.program, ["check", "--config.file=\(file)"])
        #expect(check.code == 1)
        let text = check.output + check.errors
        #expect(text.contains("\(file):1:1: listen_adress: "), "\(text)")
        #expect(text.contains("\(file):2:14: log.level: "), "\(text)")
    }

    @Test func `without a destination it does not start and says what to do`() async throws {
        let stage = try Stage()
        let file = try stage.write("push: {pushgateway: {enabled: true}}\n", to: "seed.yaml")
        let start = try await FinishedProgram(Stage.program, ["--config.file=\(file)"])
        #expect(start.code == 1)
        #expect(
            start.errors.contains(
                "remote_write: at least one destination is needed; to try it without one, run push-collector dev"))
    }

    @Test func `a flag that does not exist is a usage error`() async throws {
        #expect(try await FinishedProgram(Stage.program, ["--no-such-flag"]).code == 2)
    }

    @Test func `DELETE and GET on a push path are refused with a reason`() async throws {
        let stage = try Stage()
        let collector = try await Collector(on: stage, to: "http://127.0.0.1:9/api/v1/write")
        for method in ["DELETE", "GET"] {
            let answer = try await curl("-X", method, "\(collector.url)/pushgateway/metrics/job/j")
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "POST, PUT, OPTIONS")
            #expect(answer.body.contains("keeps nothing"), "\(answer.body)")
        }
        #expect(try await collector.terminate() == 0)
    }
}
