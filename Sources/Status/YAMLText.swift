import Settings
import Telemetry

/// A configuration as YAML, written line by line.
struct YAMLText {
    private(set) var text = ""

    /// A value that is no text: a number, a choice, a duration.
    mutating func add(_ key: String, _ value: some CustomStringConvertible) { line("\(key): \(value)") }

    /// A text; one that is not there is no line.
    mutating func add(text key: String, _ value: String?) {
        if let value { line("\(key): \(Self.scalar(value))") }
    }

    /// A duration.
    mutating func add(_ key: String, _ value: Duration) { line("\(key): \(value.prometheusText)") }

    /// A list of texts.
    mutating func add(list key: String, _ values: [String]) {
        line("\(key): [\(values.map(Self.scalar).joined(separator: ", "))]")
    }

    /// Labels, in the order of their names.
    mutating func add(labels: [String: String]) {
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { add(text: Self.scalar(name), value) }
    }

    /// A secret, which is not shown; one that is not there is no line.
    mutating func add(secret key: String, _ secret: Secret?) {
        if let secret { line("\(key): \(secret)") }
    }

    /// A mapping; without members it is `{}`.
    mutating func section(_ key: String, _ body: (inout YAMLText) -> Void) {
        var inner = YAMLText()
        body(&inner)
        guard !inner.text.isEmpty else { return line("\(Self.scalar(key)): {}") }
        line("\(Self.scalar(key)):")
        append(inner, indentedBy: "  ")
    }

    /// A list of mappings; without items it is `[]`.
    mutating func items<Item>(_ key: String, _ items: [Item], _ body: (inout YAMLText, Item) -> Void) {
        guard !items.isEmpty else { return line("\(key): []") }
        line("\(key):")
        for item in items {
            var inner = YAMLText()
            body(&inner, item)
            append(inner, indentedBy: "    ", first: "  - ")
        }
    }

    private mutating func line(_ line: String) { text += line + "\n" }

    private mutating func append(_ inner: YAMLText, indentedBy indent: String, first: String? = nil) {
        var before = first ?? indent
        for line in inner.text.split(separator: "\n") {
            text += before + line + "\n"
            before = indent
        }
    }

    /// A text as YAML reads it as a text, in one line.
    static func scalar(_ text: String) -> String {
        let first = text.unicodeScalars.first
        let isWord =
            first.map { $0 == "/" || $0 == "_" || ("a"..."z").contains($0) || ("A"..."Z").contains($0) } ?? false
        let isPlain = text.unicodeScalars.allSatisfy {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                || "_-./".unicodeScalars
                    .contains($0)
        }
        let isWordOfYAML = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return isWord && isPlain && !isWordOfYAML ? text : text.quotedAsJSON
    }
}
