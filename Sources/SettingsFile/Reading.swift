import Settings

/// How a value is read; nil once it has said what is wrong.
struct Reading<Value> {
    let read: (Field) -> Value?
}

extension Reading where Value == Bool {
    /// The truth values of YAML 1.1, without quotes, as Prometheus reads them.
    static var bool: Self {
        .init { field in
            guard case .scalar(let text, isPlain: true) = field.node.content else {
                return field.expected("true or false")
            }
            let forms = [text.lowercased(), text.uppercased(), text.capitalizedASCII]
            guard forms.contains(text) else { return field.expected("true or false") }
            return switch text.lowercased() {
            case "true", "yes", "on": true
            case "false", "no", "off": false
            default: field.expected("true or false")
            }
        }
    }
}

extension Reading where Value == Int {
    /// A whole number in decimal digits, not negative.
    static var count: Self {
        .init { field in
            guard case .scalar(let text, isPlain: true) = field.node.content,
                text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                // YAML 1.1 reads a number that begins with 0 as octal; nobody means that.
                text == "0" || !text.hasPrefix("0"), let number = Int(text)
            else { return field.expected("a whole number") }
            return number
        }
    }
}

extension Reading where Value == String {
    /// A text, with or without quotes.
    static var text: Self { text("a text") }

    fileprivate static func text(_ what: String) -> Self {
        .init { field in
            guard !field.node.isNull, case .scalar(let text, _) = field.node.content else {
                return field.expected(what)
            }
            return text
        }
    }

    /// A text without the blanks around it.
    static var trimmed: Self {
        .init { field in
            Reading.text("a text").read(field).map { text in
                let start = text.drop { $0 == " " }
                return String(start.reversed().drop { $0 == " " }.reversed())
            }
        }
    }

    /// The path of a file that can be read; a relative one is looked for beside the configuration file.
    static var file: Self {
        .init { field in
            guard let text = Reading.text("a file's path").read(field) else { return nil }
            // An empty path stays one: Prometheus writes it for "none", and here it is refused later.
            guard !text.isEmpty else { return text }
            let path = text.hasPrefix("/") ? text : field.report.directory + text
            guard !FileContent.isPipe(path) else {
                return field.refuse("\(path.quoted) cannot be read again and again: it is a pipe")
            }
            if case .unreadable(let reason) = FileContent.read(path, limit: 1) {
                return field.refuse("\(path.quoted) cannot be read: \(reason)")
            }
            return path
        }
    }
}

extension Reading {
    /// A text that a type of `Settings` reads.
    static func parsed(_ what: String, _ parse: @escaping (String) throws(SettingsError) -> Value) -> Self {
        .init { field in
            guard let text = Reading<String>.text(what).read(field) else { return nil }
            do throws(SettingsError) {
                return try parse(text)
            } catch {
                return field.refuse(error.description)
            }
        }
    }

    /// A list.
    static func list<Item>(of item: Reading<Item>) -> Self where Value == [Item] {
        .init { field in
            guard case .sequence(let nodes) = field.node.content else { return field.expectedShape("a list") }
            let items = nodes.enumerated().map { item.read(field.item($0.offset, $0.element)) }
            return items.contains { $0 == nil } ? nil : items.compactMap(\.self)
        }
    }

    /// A list, or one item alone.
    static func oneOrMore<Item>(of item: Reading<Item>) -> Self where Value == [Item] {
        .init { field in
            if case .sequence = field.node.content { return list(of: item).read(field) }
            return item.read(field).map { [$0] }
        }
    }
}

extension Reading where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of some words.
    static var choice: Self {
        .init { field in
            let what = Value.allCases.map(\.rawValue).joined(separator: ", ")
            guard case .scalar(let text, _) = field.node.content, let value = Value(rawValue: text)
            else { return field.expected("one of \(what)") }
            return value
        }
    }
}

extension Reading where Value == Duration {
    /// A duration as Prometheus writes it.
    static var duration: Self { parsed("a duration such as 30s", Duration.init(prometheus:)) }
}

extension Reading where Value == ByteSize {
    /// A size as Prometheus writes it.
    static var size: Self { parsed("a size such as 64MiB", ByteSize.init(parsing:)) }
}

extension Reading where Value == ListenAddress {
    /// An address to listen at.
    static var address: Self { parsed("an address such as 0.0.0.0:3030", ListenAddress.init(parsing:)) }
}

extension String {
    fileprivate var capitalizedASCII: String { prefix(1).uppercased() + dropFirst().lowercased() }
}
