extension LogLine {
    /// The line as logfmt, without its end: `ts=... level=info msg="server listens" address=[::]:3030`.
    var logfmt: String {
        var line = "ts=\(CivilTime.rfc3339(milliseconds: time)) level=\(level) msg=\(Self.logfmt(message))"
        for (key, value) in pairs { line += " \(Self.logfmtKey(key))=\(Self.logfmt(value.text))" }
        return line
    }

    private static func logfmt(_ text: String) -> String {
        let isBare =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x21...0x7E).contains(byte)
                    && ![UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "\\")].contains(byte)
            }
        return isBare ? text : text.quotedAsJSON
    }

    private static func logfmtKey(_ key: String) -> String {
        let isBare: (Unicode.Scalar) -> Bool = { (0x21...0x7E).contains($0.value) && $0 != "=" && $0 != "\"" }
        let name = String(String.UnicodeScalarView(key.unicodeScalars.map { isBare($0) ? $0 : "_" }))
        return name.isEmpty ? "_" : name
    }
}

extension LogLine.Value {
    /// The value in one text.
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .list(let values): "[\(values.map(\.text).joined(separator: ", "))]"
        case .mapping(let pairs): "{\(pairs.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
        }
    }
}
