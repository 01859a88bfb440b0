import Foundation

/// The checkout that these tests hold the house rules against.
enum Checkout {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

    /// A file of the sources: its module, its name, its text.
    struct SourceFile {
        var module: String
        var name: String
        var text: String
        var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
        var path: String { "\(module)/\(name)" }

        /// The lines without their comments and without the text of string literals.
        var code: [String] {
            lines.map { line in
                var code = String(line)
                if let comment = code.range(of: "//") { code.removeSubrange(comment.lowerBound...) }
                return code.replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
            }
        }

        /// The modules that the file imports.
        var imports: [String] {
            lines.compactMap { line in
                let words = line.split(separator: " ")
                guard let position = words.firstIndex(of: "import"), position <= 2 else { return nil }
                guard
                    words[..<position].allSatisfy({
                        $0.hasPrefix("@") || ["public", "package", "internal"].contains($0)
                    })
                else {
                    return nil
                }
                let kinds: Set<Substring> = ["struct", "class", "enum", "func", "protocol", "typealias", "var", "let"]
                let name = words.dropFirst(position + 1).first { !kinds.contains($0) } ?? ""
                return String(name.split(separator: ".").first ?? "")
            }
        }
    }

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The Swift files under a folder, the folder's immediate subfolders being the modules.
    static func swiftFiles(under folder: String) throws -> [SourceFile] {
        let base = root.appending(path: folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: base.path).filter { $0.hasSuffix(".swift") }
        return try names.sorted().map { name in
            let parts = name.split(separator: "/")
            return SourceFile(
                module: String(parts[0]), name: parts.dropFirst().joined(separator: "/"),
                text: try String(contentsOf: base.appending(path: name), encoding: .utf8))
        }
    }

    /// The rows of a Markdown document's tables, each as its cells.
    static func tableRows(in path: String) throws -> [[String]] {
        try text(path).split(separator: "\n").filter { $0.hasPrefix("|") }.map { row in
            row.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What stands between backticks in a cell.
    static func quoted(_ cell: String) -> [String] {
        cell.matches(of: /`([^`]+)`/).map { String($0.1) }
    }
}
