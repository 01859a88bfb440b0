/// What a client probably did to a body that cannot be read.
enum BodyHint: Equatable {
    /// Sent it percent-encoded, as `curl --data-urlencode` does.
    case percentEncoded
    /// Took its line feeds away, as `curl --data @file` does.
    case lineFeedsRemoved
    /// Sent it as a form of several parts, as `curl --form` does.
    case multipart
    /// Compressed it, and did not say so; the name of the coding.
    case compressed(String)
    /// Wrote it as UTF-16, as PowerShell writes files.
    case utf16
    /// Sent JSON.
    case json
    /// Sent OpenMetrics, and did not say so.
    case openMetrics
    /// Sent text, and said that it is protobuf.
    case text

    /// What can be told from the body, the format that it was read in, and its type.
    init?(_ body: ArraySlice<UInt8>, as format: ExpositionFormat = .text, type: String?) {
        if let coding = Self.coding(body) {
            self = .compressed(coding)
        } else if format == .protobuf {
            guard Self.isText(body) else { return nil }
            self = .text
        } else if Self.isUTF16(body) {
            self = .utf16
        } else if body.starts(with: "--".utf8) {
            self = .multipart
        } else if Self.isJSON(body) {
            self = .json
        } else {
            self.init(lines: body, as: format, isForm: Self.isForm(type))
        }
    }

    private init?(lines body: ArraySlice<UInt8>, as format: ExpositionFormat, isForm: Bool) {
        let hasLineFeed = body.contains(UInt8(ascii: "\n"))
        let blanks = hasLineFeed ? 0 : body.count { $0 == UInt8(ascii: " ") }
        if !hasLineFeed, blanks == 0, Self.hasEscape(body) {
            self = .percentEncoded
        } else if !hasLineFeed, isForm, blanks > 1 || body.contains(UInt8(ascii: "#")) {
            self = .lineFeedsRemoved
        } else if format == .text, Self.endsWithEOF(body) {
            self = .openMetrics
        } else {
            return nil
        }
    }

    /// What to do about it.
    var advice: String {
        switch self {
        case .percentEncoded: "the body is percent-encoded: push it by curl --data-binary, not --data-urlencode"
        case .lineFeedsRemoved: "the body has no line feeds, which curl --data removes: push it by curl --data-binary"
        case .multipart: "the body is a form of several parts: push it by curl --data-binary, not --form"
        case .compressed(let coding): "the body is compressed: say so by Content-Encoding: \(coding)"
        case .utf16: "the body is UTF-16: push it as UTF-8"
        case .json: "the body is JSON: push lines such as name{label=\"value\"} 1"
        case .openMetrics:
            "the body ends with # EOF: if it is OpenMetrics, say so by Content-Type: application/openmetrics-text"
        case .text: "the body is text: push it with Content-Type: text/plain"
        }
    }
}

// What tells.
extension BodyHint {
    /// Whether a type is a form's, as curl says of everything that it is not told otherwise.
    private static func isForm(_ type: String?) -> Bool {
        type?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    /// The coding whose first bytes these are.
    private static func coding(_ body: ArraySlice<UInt8>) -> String? {
        if body.starts(with: [0x1f, 0x8b]) { return "gzip" }
        if body.starts(with: [0x28, 0xb5, 0x2f, 0xfd]) { return "zstd" }
        return body.starts(with: [0xff, 0x06, 0x00, 0x00]) ? "snappy" : nil
    }

    private static func isUTF16(_ body: ArraySlice<UInt8>) -> Bool {
        body.starts(with: [0xff, 0xfe]) || body.starts(with: [0xfe, 0xff])
            || body.count > 1 && body.prefix(2).contains(0)
    }

    /// Whether it begins as an array or an object does.
    private static func isJSON(_ body: ArraySlice<UInt8>) -> Bool {
        let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
        let body = body.drop(while: isBlank)
        if body.first == UInt8(ascii: "[") { return true }
        guard body.first == UInt8(ascii: "{") else { return false }
        let key = body.dropFirst().drop(while: isBlank)
        guard key.first == UInt8(ascii: "\"") else { return false }
        let rest = key.dropFirst().drop { $0 != UInt8(ascii: "\"") }.dropFirst()
        return rest.drop(while: isBlank).first == UInt8(ascii: ":")
    }

    /// Whether it begins as text does; a message has its tag for the name, a line feed, behind its length.
    private static func isText(_ body: ArraySlice<UInt8>) -> Bool {
        let isPlain: (UInt8) -> Bool = { 0x20..<0x7f ~= $0 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
        return body.count > 3 && body.prefix(16).allSatisfy(isPlain) && body.dropFirst().first != 0x0a
    }

    private static func hasEscape(_ body: ArraySlice<UInt8>) -> Bool {
        let isDigit: (UInt8) -> Bool = { Character(Unicode.Scalar($0)).isHexDigit }
        var rest = body
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            let digits = body[(percent + 1)...].prefix(2)
            if digits.count == 2, digits.allSatisfy(isDigit) { return true }
            rest = body[(percent + 1)...]
        }
        return false
    }

    private static func endsWithEOF(_ body: ArraySlice<UInt8>) -> Bool {
        let end = body.suffix(8)
        return ["\n# EOF\n", "\n# EOF\r\n", "\n# EOF"].contains { end.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
}
