import Testing

@Suite("The rules for source files")
struct SourceRulesTests {
    @Test(arguments: ["Sources", "Tests"])
    func `no file is longer than 300 lines`(folder: String) throws {
        for file in try Checkout.swiftFiles(under: folder) where !file.name.hasSuffix(".pb.swift") {
            #expect(file.lines.count <= 301, "\(folder)/\(file.path) has \(file.lines.count) lines")
        }
    }

    @Test func `no function is longer than 40 lines`() throws {
        let start = /^( *)(?:[@a-z()]+ )*(?:func |init[(?<]|deinit )/
        for file in try Checkout.swiftFiles(under: "Sources") {
            let lines = file.code
            for (first, line) in lines.enumerated() {
                guard let indent = line.firstMatch(of: start)?.1 else { continue }
                // A requirement of a protocol has no body, and ends where something of its own indentation follows.
                let body = lines[(first + 1)...]
                let end = body.firstIndex {
                    $0.hasPrefix(indent) && !$0.dropFirst(indent.count).hasPrefix(" ") && $0 != ""
                }
                guard let end, lines[end].hasPrefix(indent + "}") else { continue }
                #expect(end - first <= 41, "\(file.path):\(first + 1) has a function of \(end - first - 1) lines")
            }
        }
    }

    @Test func `nothing in the sources can trap on purpose or hide from the checker`() throws {
        let forbidden = ["try!", "as!", "@unchecked", "fatalError(", "unsafeBitCast(", "TODO", "FIXME", "XXX"]
        for file in try Checkout.swiftFiles(under: "Sources") {
            for (number, line) in file.code.enumerated() {
                let found = forbidden.filter { line.contains($0) }
                #expect(found.isEmpty, "\(file.path):\(number + 1) says \(found)")
            }
        }
    }

    @Test func `no test is skipped`() throws {
        let forbidden = [".disabled(", "withKnownIssue", "Test.cancel"]
        for file in try Checkout.swiftFiles(under: "Tests") where file.module != "Architecture" {
            let found = forbidden.filter { file.text.contains($0) }
            #expect(found.isEmpty, "\(file.path) says \(found)")
        }
    }

    @Test func `no name carries a job title`() throws {
        let titles = /\b(class|struct|enum|actor|protocol)\s+\w*(Manager|Helper|Util|Utils|Common|Core|Base|Impl)\b/
        for file in try Checkout.swiftFiles(under: "Sources") {
            for line in file.code {
                #expect(line.firstMatch(of: titles) == nil, "\(file.path): \(line)")
            }
        }
    }
}
