/// The Pushgateway's parser, written down once more as slowly and as plainly as it is there (expfmt's `TextParser`).
///
/// It reads byte by byte through the same states, and has the contract's leniencies (B4) where they bite. It knows no
/// quoted names: where one begins, it says `isQuotedName` and nothing else counts.
struct PushgatewayParser {
    struct Refusal: Error {
        var message: String
    }

    enum Kind: String {
        case counter, gauge, histogram, gaugeHistogram, summary, info, stateset, unknown
    }

    private let body: [UInt8]
    var at = 0
    var current: UInt8 = 0
    private var line = 0
    /// Whether the current byte is the line feed that we add behind the body.
    var isPastEnd = false
    var kinds: [String: Kind?] = [:]
    var helps: [String: String] = [:]
    /// The families that comments speak of.
    var described: [String] = []
    var reading = Reading()
    private(set) var isQuotedName = false

    init(_ body: [UInt8]) { self.body = body }

    /// Reads the body.
    mutating func read() -> Reading {
        do {
            while at < body.count { try readLine() }
            reading.types = described.map { "\($0) \((kinds[$0] ?? nil) ?? .unknown)" }
            reading.texts = described.compactMap { name in helps[name].map { "HELP \(name) \($0)" } }
            return reading
        } catch {
            return Reading(refusal: "line \(line): \(error.message)")
        }
    }

    private mutating func readLine() throws(Refusal) {
        line += 1
        skipBlanks()
        if current == UInt8(ascii: "\n") { return }
        if current == UInt8(ascii: "#") { return try readComment() }
        let name = readName(colons: true)
        guard !name.isEmpty else { throw refusal("invalid metric name", mayBeQuoted: true) }
        try readSample(name)
    }
}

extension PushgatewayParser {
    private mutating func readSample(_ name: String) throws(Refusal) {
        let family = family(of: name)
        let kind = (kinds[family] ?? nil) ?? .unknown
        kinds[family] = kind
        skipIfBlank()
        var labels: [(String, String)] = []
        if current == UInt8(ascii: "{") { labels = try readLabels(of: family, kind) }
        let token = readToken()
        guard let value = Self.number(token) else {
            throw refusal("expected float as value, got \(quoted(token))")
        }
        let bound = labels.last { $0.0 == "le" }.flatMap { Self.number(Array($0.1.utf8)) } ?? .nan
        if kind == .histogram || kind == .gaugeHistogram, value < 0 {
            if name.hasSuffix("_count"), name != family {
                throw refusal("negative count for histogram \(quoted(family))")
            }
            if !(name.hasSuffix("_sum") && name != family), !bound.isNaN {
                throw refusal("negative bucket population for histogram \(quoted(family))")
            }
        }
        reading.samples.append(Reading.line(name, labels, value, try readTimestamp()))
    }

    private mutating func readTimestamp() throws(Refusal) -> Int64? {
        skipIfBlank()
        if isAtLineEnd { return nil }
        let token = readToken()
        guard let timestamp = Int64(String(decoding: token, as: UTF8.self)) else {
            throw refusal("expected integer as timestamp, got \(quoted(token))")
        }
        var rest: [UInt8] = []
        while !isAtLineEnd {
            if current != UInt8(ascii: "\\") { rest.append(current) }
            next()
        }
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 }), body[at - 2] != UInt8(ascii: "\\") else {
            throw refusal("spurious string after timestamp: \(quoted(rest))")
        }
        return timestamp
    }

    private mutating func readLabels(of family: String, _ kind: Kind) throws(Refusal) -> [(String, String)] {
        var labels: [(String, String)] = []
        while true {
            skipBlanks()
            if current == UInt8(ascii: "}") { break }
            let name = readName(colons: false)
            guard !name.isEmpty else {
                throw refusal("invalid label name for metric \(quoted(family))", mayBeQuoted: true)
            }
            skipIfBlank()
            guard current == UInt8(ascii: "=") else {
                throw refusal("expected '=' after label name, found \(quotedCharacter)")
            }
            guard name != "__name__" else { throw refusal("label name \"__name__\" is reserved") }
            guard !labels.contains(where: { $0.0 == name }) else {
                throw refusal("duplicate label names for metric \(quoted(family))")
            }
            skipBlanks()
            guard current == UInt8(ascii: "\"") else {
                throw refusal("expected '\"' at start of label value, found \(quotedCharacter)")
            }
            let value = try readLabelValue()
            labels.append((name, String(decoding: value, as: UTF8.self)))
            let bound = kind == .summary ? "quantile" : kind == .histogram || kind == .gaugeHistogram ? "le" : ""
            guard name != bound || Self.number(value) != nil else {
                isPastEnd = false
                throw refusal("expected float as value for '\(bound)' label, got \(quoted(value))")
            }
            skipBlanks()
            guard current == UInt8(ascii: ",") || current == UInt8(ascii: "}") else {
                throw refusal("unexpected end of label value \(quoted(value))")
            }
            if current == UInt8(ascii: "}") { break }
        }
        skipBlanks()
        return labels
    }

    private mutating func readLabelValue() throws(Refusal) -> [UInt8] {
        var value: [UInt8] = []
        while true {
            next()
            switch current {
            case UInt8(ascii: "\""):
                guard String(validating: value, as: UTF8.self) != nil else {
                    throw refusal("invalid label value \(quoted(value))")
                }
                return value
            case UInt8(ascii: "\n"):
                throw refusal("label value \(quoted(value)) contains unescaped new-line")
            case UInt8(ascii: "\\"):
                next()
                switch current {
                case UInt8(ascii: "\""), UInt8(ascii: "\\"): value.append(current)
                case UInt8(ascii: "n"): value.append(UInt8(ascii: "\n"))
                default: throw refusal("invalid escape sequence '\\\(Unicode.Scalar(current))'")
                }
            default: value.append(current)
            }
        }
    }
}

extension PushgatewayParser {
    var isBlank: Bool { current == UInt8(ascii: " ") || current == UInt8(ascii: "\t") }
    var isAtLineEnd: Bool { current == UInt8(ascii: "\n") }

    mutating func next() {
        isPastEnd = at >= body.count
        current = isPastEnd ? UInt8(ascii: "\n") : body[at]
        at += 1
    }

    mutating func skipBlanks() { repeat { next() } while isBlank }
    private mutating func skipIfBlank() { if isBlank { skipBlanks() } }
    mutating func skipLine() { while !isAtLineEnd { next() } }

    mutating func readToken() -> [UInt8] {
        var token: [UInt8] = []
        while !isBlank, !isAtLineEnd {
            token.append(current)
            next()
        }
        return token
    }

    mutating func readName(colons: Bool) -> String {
        var name = ""
        while true {
            switch Unicode.Scalar(current) {
            case "a"..."z", "A"..."Z", "_": break
            case ":" where colons: break
            case "0"..."9" where !name.isEmpty: break
            default: return name
            }
            name.unicodeScalars.append(Unicode.Scalar(current))
            next()
        }
    }

    /// The family that a name belongs to; it is there from then on.
    mutating func family(of name: String) -> String {
        if kinds[name] != nil { return name }
        for suffix in ["_count", "_sum", "_bucket"] where name.hasSuffix(suffix) && name.count > suffix.count {
            let base = String(name.dropLast(suffix.count))
            switch kinds[base] ?? nil {
            case .histogram, .gaugeHistogram: return base
            case .summary where suffix != "_bucket": return base
            default: break
            }
        }
        kinds[name] = .some(nil)
        return name
    }

    mutating func refusal(_ message: String, mayBeQuoted: Bool = false) -> Refusal {
        if mayBeQuoted, current == UInt8(ascii: "\"") || current == UInt8(ascii: "{") { isQuotedName = true }
        return Refusal(message: isPastEnd ? "unexpected end of input stream" : message)
    }

    private static func number(_ token: [UInt8]) -> Double? {
        let text = String(decoding: token, as: UTF8.self)
        switch text.lowercased() {
        case "nan": return Double(bitPattern: 0x7ff8_0000_0000_0001)
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            guard token.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
            return Double(text).flatMap { $0.isFinite ? $0 : nil }
        }
    }

    private var quotedCharacter: String {
        switch current {
        case UInt8(ascii: "'"): "'\\''"
        case UInt8(ascii: "\""): "'\"'"
        default: "'" + escaped(Unicode.Scalar(current)) + "'"
        }
    }

    func quoted(_ text: String) -> String { quoted(Array(text.utf8)) }

    /// As Go's `%q`, for the few characters that stand in the bodies of these tests.
    func quoted(_ bytes: [UInt8]) -> String {
        var text = ""
        var rest = bytes[...]
        while let first = rest.first {
            let width = (1...4).first { String(validating: rest.prefix($0), as: UTF8.self)?.unicodeScalars.count == 1 }
            let scalars = String(decoding: rest.prefix(width ?? 0), as: UTF8.self).unicodeScalars
            text += width == nil ? "\\x" + String(first, radix: 16) : ""
            text += scalars.map { $0 == "\"" ? "\\\"" : escaped($0) }.joined()
            rest = rest.dropFirst(width ?? 1)
        }
        return "\"" + text + "\""
    }

    private func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\t": "\\t"
        case "\r": "\\r"
        case "\\": "\\\\"
        case "\0"..<" ": "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        case "\u{80}"..<"\u{a1}": "\\u00" + String(scalar.value, radix: 16)
        case "\u{ff}": "ÿ"
        default: String(scalar)
        }
    }
}
