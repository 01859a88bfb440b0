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
            let isKey =
                SettingsFile.keys.contains(key) || key.contains(/^(push|remote_write|scrape|shutdown|log)\b.*[._]/)
            return isKey ? key : nil
        }
        #expect(documented.sorted() == SettingsFile.keys.sorted())
    }

    @Test(arguments: [
        "README.md", "docs/architecture.md", "docs/configuration.md", "docs/migrating.md", "docs/threat-model.md",
    ])
    func `every block in a document has an end`(document: String) throws {
        var isOpen = false
        for (number, line) in try Checkout.text(document).split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where line.hasPrefix("```")
        {
            // Within a block, what names a language begins another.
            #expect(!isOpen || line == "```", "\(document):\(number + 1)")
            isOpen.toggle()
        }
        #expect(!isOpen)
    }

    @Test func `collector.yaml shows every key`() throws {
        let text = try Checkout.text("collector.yaml")
        for key in SettingsFile.keys {
            let name = key.split(separator: ".").last.map(String.init) ?? key
            #expect(text.contains("\(name.replacing("[]", with: "")):"), "\(key)")
        }
    }

    @Test func `docs/metrics.md lists the metrics that there are, and no others, with their types and labels`()
        throws
    {
        let rows = try Checkout.tableRows(in: "docs/metrics.md").filter {
            $0[0].hasPrefix("`push_collector_") || $0[0].hasPrefix("`process_")
        }
        metrics.probes.use { [ProbeStatus(name: "service1", threshold: 5)] }
        let page = metrics.page()
        let types = page.matches(of: /# TYPE (\S+) (\S+)\n/).map { "\($0.1) \($0.2)" }
        let documented = rows.map { "\(Checkout.quoted($0[0])[0]) \($0[1])" }
        #expect(documented.sorted() == types.sorted())
        for row in rows {
            let name = Checkout.quoted(row[0])[0]
            let starts = ["{", " ", "_bucket{"].map { name + $0 }
            let sample = page.split(separator: "\n").first { line in starts.contains { line.hasPrefix($0) } }
            let labels = (sample ?? "").matches(of: /(\w+)="/).map { String($0.1) }.filter { $0 != "le" }
            #expect(labels == Checkout.quoted(row[2]), "\(name)")
        }
    }

    @Test func `docs/remote-write.md has every requirement of both specifications, and tests that there are`() throws {
        let rows = try Checkout.tableRows(in: "docs/remote-write.md").filter { $0[0].contains(/^[12]-\d/) }
        let numbers = rows.flatMap { $0[0].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } }
        #expect(numbers.sorted() == ((1...46).map { "1-\($0)" } + (1...76).map { "2-\($0)" }).sorted())
        for row in rows {
            guard let path = Checkout.quoted(row[3]).first, path.hasSuffix("Tests.swift"), row[3].hasPrefix("`") else {
                #expect(row[3].count > 3, "\(row[0]) says nothing")
                continue
            }
            let name = row[3].split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init)
            let text = try Checkout.text("Tests/\(path)")
            if let name { #expect(text.contains("func `\(name)`"), "\(row[0]): \(name)") }
        }
    }

    @Test func `every test that docs/threat-model.md names is there`() throws {
        let rows = try Checkout.tableRows(in: "docs/threat-model.md").filter { $0.count >= 3 && $0[2].hasPrefix("`") }
        #expect(rows.count > 50)
        for row in rows {
            let path = try #require(Checkout.quoted(row[2]).first)
            let name = row[2].dropFirst(path.count + 4)
            #expect(try Checkout.text("Tests/\(path)").contains("func `\(name)`"), "\(row[2])")
        }
    }

    @Test func `a block of code in a document ends before the next one begins`() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: Checkout.root.path)
            .filter { $0.hasSuffix(".md") && !$0.hasPrefix(".build") }
        for name in names {
            var isInside = false
            for line in try Checkout.text(name).split(separator: "\n") where line.hasPrefix("```") {
                isInside.toggle()
                #expect(isInside || line == "```", "\(name): \(line)")
            }
            #expect(!isInside, "\(name)")
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
