import Foundation
import SettingsFile
import Telemetry
import Testing

@Suite("The documents and the code agree")
struct DocumentTests {
    private let metrics = Metrics(
        build: BuildInfo(version: "0", swiftVersion: "0", revision: "0"), destinations: ["backend"])

    @Test func `docs/configuration.md describes the keys that the file may have, and no others`() throws {
        let documented = try Checkout.tableRows(in: "docs/configuration.md").compactMap { row -> String? in
            guard let key = Checkout.quoted(row[0]).first, row[0] == "`\(key)`" else { return nil }
            let isKey = SettingsFile.keys.contains(key) || key.contains(/^(push|remote_write|shutdown|log)\b.*[._]/)
            return isKey ? key : nil
        }
        #expect(documented.sorted() == SettingsFile.keys.sorted())
    }

    @Test func `collector.yaml shows every key`() throws {
        let text = try Checkout.text("collector.yaml")
        for key in SettingsFile.keys {
            let name = key.split(separator: ".").last.map(String.init) ?? key
            #expect(text.contains("\(name.replacing("[]", with: "")):"), "\(key)")
        }
    }

    @Test func `docs/configuration.md lists the metrics that there are, and no others, with their types and labels`()
        throws
    {
        let rows = try Checkout.tableRows(in: "docs/configuration.md").filter {
            $0[0].hasPrefix("`push_collector_") || $0[0].hasPrefix("`process_")
        }
        let page = metrics.page()
        let types = page.matches(of: /# TYPE (\S+) (\S+)\n/).map { "\($0.1) \($0.2)" }
        let documented = rows.map { "\(Checkout.quoted($0[0])[0]) \($0[1])" }
        #expect(documented.sorted() == types.sorted())
        for row in rows {
            let name = Checkout.quoted(row[0])[0]
            let sample = page.split(separator: "\n").first { $0.hasPrefix(name + "{") || $0.hasPrefix(name + " ") }
            let labels = (sample ?? "").matches(of: /(\w+)="/).map { String($0.1) }
            #expect(labels == Checkout.quoted(row[2]), "\(name)")
        }
    }

    @Test func `every relative link of a document leads somewhere`() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: Checkout.root.path)
            .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".build") }
        #expect(names.contains("README.md"))
        for name in names {
            for link in try Checkout.text(name).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
                let folder = Checkout.root.appending(path: name).deletingLastPathComponent()
                let target = folder.appending(path: String(link.1)).standardizedFileURL.path
                #expect(FileManager.default.fileExists(atPath: target), "\(name) links to \(link.1)")
            }
        }
    }
}
