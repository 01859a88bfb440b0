import Fixtures
import Foundation
import Testing

extension Clients {
    /// What README.md tells a newcomer to type, as it is printed but for the address.
    @Suite("The examples of README.md")
    struct ReadmeTests {
        private static let printedAddress = "localhost:3030"

        /// The fenced blocks of a language that push.
        private func examples(_ language: String) throws -> [String] {
            let readme = try String(contentsOf: Fixtures.root.appending(path: "README.md"), encoding: .utf8)
            let fence = try Regex("```\(language)\n((?s).*?)\n```", as: (Substring, Substring).self)
            let address = "127.0.0.1:\(try ClientsBackend.current.collector.port)"
            return readme.matches(of: fence).map { String($0.1) }
                .filter { $0.contains(Self.printedAddress) && !$0.contains("--remote-write.url") }
                .map { $0.replacing(Self.printedAddress, with: address) }
        }

        /// Runs what pushes the time at which the backup ended, and expects that time to be after now.
        private func expectTime(after push: (ClientsBackend) async throws -> Void) async throws {
            let backend = try ClientsBackend.current
            let start = Date().timeIntervalSince1970
            try await push(backend)
            let name = "backup_last_success_timestamp_seconds"
            let stored = try await backend.prometheus.query("\(name){job=\"backup\"}")
            #expect(stored.map(\.labels) == [["__name__": name, "job": "backup", "instance": "db-1"]])
            let time = try #require(stored.first.flatMap { Double($0.value) })
            #expect(time >= start, "\(time) was stored before \(start)")
        }

        @Test func `curl`() async throws {
            let backend = try ClientsBackend.current
            let scripts = try examples("sh")
            #expect(scripts.count == 2)
            for script in scripts {
                let result = try await backend.push("/bin/bash", ["-c", script])
                #expect(result.output == "")
            }
            try await backend.expect(
                "some_metric{label=\"val1\"} 42", under: ["job": "some_job", "job_id": "my_unique_id"])
            try await backend.expect(
                """
                backup_bytes_total{table="orders"} 2398.283
                backup_last_success_timestamp_seconds 1700000000
                """, under: ["job": "backup", "instance": "db-1"])
        }

        @Test func `Python`() async throws {
            let example = try #require(examples("python").first)
            try await expectTime { backend in
                let script = try backend.stage.write(example, to: "readme.py")
                try await backend.push(Stage.tool("python/bin/python"), [script])
            }
        }

        @Test func `Go`() async throws {
            let example = try #require(examples("go").first)
            let packages = [
                "prometheus": "github.com/prometheus/client_golang/prometheus",
                "push": "github.com/prometheus/client_golang/prometheus/push",
                "expfmt": "github.com/prometheus/common/expfmt",
            ]
            let imports = packages.filter { example.contains("\($0.key).") }.values.sorted()
            let text = """
                package main

                import (
                \((["log"] + imports).map { "\t\"\($0)\"" }.joined(separator: "\n"))
                )

                func main() {
                \(example)
                	if err != nil {
                		log.Fatal(err)
                	}
                }

                """
            try await expectTime { backend in
                let source = try backend.stage.write(text, to: "readme.go")
                let program = backend.stage.folder.appending(path: "readme-go").path
                let built = try await backend.run(
                    Fixtures.root.appending(path: "Tests/Tools/build-clients").path,
                    [Stage.tool(""), source, program])
                try #require(built.code == 0, "\(built.errors)")
                try await backend.push(program, [])
            }
        }
    }
}
