import Foundation
import Testing

@Suite("Relabelling and external labels, by the program", .serialized)
struct RelabelingTests {
    @Test func `series reach each destination under the labels that its rules give them`() async throws {
        let stage = try Stage()
        let (first, second) = (try await Receiver(on: stage), try await Receiver(on: stage))
        let collector = try await Collector(
            on: stage,
            configuration: """
                push:
                  pushgateway:
                    push_time_seconds: false
                    relabel_configs:
                      - {source_labels: [__name__], regex: go_.*, action: drop}
                external_labels: {cluster: eu-1, home: "${HOME}"}
                remote_write:
                  - {name: first, url: "\(first.writeURL)"}
                  - name: second
                    url: "\(second.writeURL)"
                    write_relabel_configs:
                      - {source_labels: [team], regex: a, action: keep}
                      - {regex: team|home, action: labeldrop}

                """)
        let answer = try await collector.push("/metrics/job/j", "x{team=\"a\"} 1 5\ny 2 5\ngo_info 3 5\n")
        #expect(answer.status == 200, "\(answer)")
        let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
        try await wait(for: "both receivers to print") { first.lines.count == 2 && second.lines.count == 1 }
        #expect(
            first.lines.sorted() == [
                "x{cluster=\"eu-1\",home=\"\(home)\",job=\"j\",team=\"a\"} 1 5",
                "y{cluster=\"eu-1\",home=\"\(home)\",job=\"j\"} 2 5",
            ])
        #expect(second.lines == ["x{cluster=\"eu-1\",job=\"j\"} 1 5"])
        let nothing = try await collector.push("/metrics/job/j", "go_info 3 6\n")
        #expect(nothing.status == 200, "\(nothing)")
        let page = try await curl("\(collector.url)/metrics").body
        for (destination, dropped) in [("first", 2), ("second", 3)] {
            let line =
                "push_collector_samples_dropped_total{destination=\"\(destination)\",reason=\"relabel\"} \(dropped)\n"
            #expect(page.contains(line), "\(page)")
        }
        #expect(try await collector.terminate() == 0, "\(collector.program.errors)")
    }
}
