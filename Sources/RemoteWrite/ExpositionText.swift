/// Text in the making that looks like the exposition format, bounded.
///
/// It works on bytes: a `Character` may hide a quote or a line feed behind a combining mark.
struct ExpositionText {
    private var bytes: [UInt8] = []
    private let limit: Int
    /// Whether there was more to append than the limit allows; nothing more is appended then.
    private(set) var isFull = false

    /// An empty text that takes `limit` bytes.
    init(upTo limit: Int) { self.limit = limit }

    /// The text so far.
    var string: String { String(decoding: bytes, as: UTF8.self) }

    /// The text so far, with an ellipsis where it is full.
    var shortened: String { isFull ? string + "..." : string }

    /// Takes back what stands behind the last line feed.
    mutating func removeLastLine() {
        let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        bytes.removeSubrange(end...)
    }

    /// Appends the text as it is, or as much of it as there is room for.
    mutating func append(_ text: String) {
        guard !isFull else { return }
        bytes.append(contentsOf: text.utf8.prefix(limit - bytes.count))
        isFull = bytes.count == limit
    }

    /// Appends the text with backslashes, quotes and line feeds escaped.
    mutating func append(escaped text: String) {
        for byte in text.utf8 where !isFull {
            switch byte {
            case UInt8(ascii: "\\"): append("\\\\")
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\n"): append("\\n")
            default:
                bytes.append(byte)
                isFull = bytes.count == limit
            }
        }
    }

    /// Appends the text in quotes, escaped.
    mutating func append(quoted text: String) {
        append("\"")
        append(escaped: text)
        append("\"")
    }

    /// Appends a metric's or, without colons, a label's name, in quotes where it is not of the classic form.
    mutating func append(name: String, colons: Bool = true) {
        if Self.isClassic(name, colons: colons) { append(name) } else { append(quoted: name) }
    }

    /// Appends `name{label="value"}`; a metric name that is not of the classic form stands in quotes in the braces.
    mutating func append(_ labels: [ReceivedLabel]) {
        let name = labels.first { $0.name == "__name__" }?.value ?? ""
        let isClassic = Self.isClassic(name, colons: true)
        if isClassic { append(name) }
        var separator = "{"
        if !isClassic && !name.isEmpty {
            append("{")
            append(quoted: name)
            separator = ","
        }
        for label in labels where label.name != "__name__" && !isFull {
            append(separator)
            append(name: label.name, colons: false)
            append("=")
            append(quoted: label.value)
            separator = ","
        }
        if separator == "," {
            append("}")
        } else if !isClassic {
            append("{}")
        }
    }

    /// Appends a number as Prometheus reads it; the stale marker by name, because it is a NaN.
    mutating func append(_ value: Double) {
        let staleMarker: UInt64 = 0x7ff0_0000_0000_0002
        if value.bitPattern == staleMarker {
            append("StaleNaN")
        } else if value.isNaN {
            append("NaN")
        } else if value.isInfinite {
            append(value < 0 ? "-Inf" : "+Inf")
        } else {
            let text = value.description
            append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
        }
    }

    /// Whether a name is of the classic form `[a-zA-Z_:][a-zA-Z0-9_:]*` and needs no quotes.
    private static func isClassic(_ name: String, colons: Bool) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            case UInt8(ascii: ":"): colons
            default: false
            }
        }
    }
}
