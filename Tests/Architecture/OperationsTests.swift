import Foundation
import Telemetry
import Testing

@Suite("docs/operations.md knows every symptom")
struct OperationsTests {
    private let rows: [[String]]

    init() throws { rows = try Checkout.tableRows(in: "docs/operations.md") }

    /// What stands between backticks in a column of the document's tables.
    private func column(_ index: Int) -> Set<String> {
        Set(rows.flatMap { $0.count > index ? Checkout.quoted($0[index]) : [] })
    }

    @Test func `each line of the log that the sources write`() throws {
        let lines = try Checkout.swiftFiles(under: "Sources").flatMap { file in
            // What is put into a text stands in the table as three dots.
            file.text.replacing(/\\\([^()]*\)/, with: "...")
                .matches(of: /[lL]ogger\.(?:debug|info|notice|warning|error|critical)\(\s*"([^"]+)"/)
                .map { String($0.1) }
        }
        #expect(lines.count > 15)
        #expect(Set(lines).subtracting(column(0)) == [])
    }

    @Test func `each reason for which a push is refused`() {
        let metrics = Metrics(build: BuildInfo(version: "0", swiftVersion: "0", revision: "0"), destinations: [])
        #expect(Set(metrics.pushes.errors.values.keys).subtracting(column(1)) == [])
    }

    @Test func `each alert, and no other`() throws {
        let alerts = try Checkout.text("deploy/prometheus/rules.yml").matches(of: /- alert: (\w+)/).map { String($0.1) }
        #expect(Set(alerts) == column(0).filter { $0.hasPrefix("PushCollector") })
    }
}
