import Fixtures
import Foundation
import Testing

@Suite("Own metrics of a running program")
struct MetricsTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    /// A family as one source tells of it.
    private struct Family: Equatable {
        var type = ""
        var labels: Set<String> = []
        var help = ""
    }

    private func families(of page: String) -> [String: Family] {
        var families: [String: Family] = [:]
        for line in page.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 3).map(String.init)
            if line.hasPrefix("# HELP ") {
                families[words[2], default: Family()].help = words[3]
            } else if line.hasPrefix("# TYPE ") {
                families[words[2], default: Family()].type = words[3]
            } else if let name = line.split(whereSeparator: { $0 == "{" || $0 == " " }).first.map(String.init) {
                let base = name.replacing(/_(bucket|sum|count)$/, with: "")
                let family = families[base] == nil ? name : base
                let labels = line.matches(of: /[{,](\w+)="/).map { String($0.1) }.filter { $0 != "le" }
                families[family, default: Family()].labels.formUnion(labels)
            }
        }
        return families
    }

    /// The rows of the document.
    private func documented() throws -> [String: Family] {
        let text = try String(contentsOf: Fixtures.root.appending(path: "docs/metrics.md"), encoding: .utf8)
        let quoted = { (text: String) in text.matches(of: /`([^`]+)`/).map { String($0.1) } }
        var families: [String: Family] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            #expect(cells.count == 5, "\(line)")
            families[quoted(cells[0])[0]] = Family(type: cells[1], labels: Set(quoted(cells[2])), help: cells[3])
        }
        return families
    }

    private func running(_ configuration: String = "") async throws -> (Collector, Receiver) {
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(
            on: stage,
            configuration: """
                push: {pushgateway: {\(configuration)}}
                probes: {services: [{name: service1, freshness_threshold: 5s}]}
                remote_write: [{name: backend, url: '\(receiver.writeURL)'}]

                """)
        return (collector, receiver)
    }

    @Test func `docs/metrics.md has each of them, and no other, with its type, labels and help`() async throws {
        let (collector, receiver) = try await running()
        let (shown, told) = (families(of: try await curl("\(collector.url)/metrics").body), try documented())
        #expect(shown.keys.sorted() == told.keys.sorted())
        for (name, family) in shown { #expect(told[name] == family, "\(name)") }
        _ = receiver
    }

    @Test func `promtool finds nothing to say of them, before pushes and after`() async throws {
        let (collector, receiver) = try await running()
        for push in ["a 1\n", "a\n"] {
            let page = try await curl("\(collector.url)/metrics").body
            let file = try stage.write(page, to: "metrics")
            let check = try await FinishedProgram(
                "/bin/sh", ["-c", "exec \"$0\" check metrics < \"$1\"", Stage.tool("usr/bin/promtool"), file])
            #expect(check.code == 0)
            #expect(check.output + check.errors == "")
            _ = try await collector.push("/metrics/job/x", push)
        }
        _ = receiver
    }

    @Test func `at every scrape, what entered a queue was delivered, has failed, was too old, or is still there`()
        async throws
    {
        let (collector, receiver) = try await running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for pusher in 0..<4 {
                group.addTask {
                    for _ in 0..<15 { _ = try await collector.push("/metrics/job/\(pusher)", "a 1\nb 2\n") }
                }
            }
            for _ in 0..<40 {
                let scrape = FaultScrape(page: try await curl("\(collector.url)/metrics").body)
                #expect(scrape.flaw(of: "backend") == nil)
            }
            try await group.waitForAll()
        }
        let scrape = FaultScrape(page: try await curl("\(collector.url)/metrics").body)
        #expect(scrape.sum("remote_write_samples_in_total") == 4 * 15 * 3)
        #expect(scrape.sum("remote_write_samples_total") == 4 * 15 * 3)
        #expect(scrape.sum("http_request_duration_seconds_count", "handler=\"push\"") == 60)
        #expect(scrape.value("push_collector_http_push_size_bytes_count") == 60)
        _ = receiver
    }

    @Test func `a connection too many is counted and logged`() async throws {
        let (collector, receiver) = try await running("limits: {connections: 1}")
        let socket = try LoopbackSocket(port: collector.port)
        try await wait(for: "a refusal to be logged") {
            _ = try? await curl("\(collector.url)/-/ready")
            return collector.program.errors.contains("msg=\"connection refused\"")
        }
        withExtendedLifetime(socket) {}
        _ = receiver
    }
}
