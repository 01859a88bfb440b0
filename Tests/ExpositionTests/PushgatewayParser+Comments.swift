extension PushgatewayParser {
    mutating func readComment() throws(Refusal) {
        skipBlanks()
        let keyword = readToken()
        guard keyword == Array("HELP".utf8) || keyword == Array("TYPE".utf8), !isAtLineEnd else { return skipLine() }
        skipBlanks()
        let name = readName(colons: true)
        if isAtLineEnd { return }
        guard !name.isEmpty, isBlank else { throw refusal("invalid metric name in comment", mayBeQuoted: true) }
        let family = family(of: name)
        skipBlanks()
        if isAtLineEnd { return }
        guard keyword == Array("TYPE".utf8) else { return readHelp(of: family) }
        guard kinds[family] == .some(nil) else {
            throw refusal("second TYPE line for metric name \(quoted(family)), or TYPE reported after samples")
        }
        try readType(of: family)
    }

    private mutating func readType(of family: String) throws(Refusal) {
        var token: [UInt8] = []
        while !isAtLineEnd {
            if current != UInt8(ascii: "\\") { token.append(current) }
            next()
        }
        var word = String(decoding: token, as: UTF8.self)
        while word.last == " " || word.last == "\t" { word.removeLast() }
        let known = ["gaugehistogram": "gaugeHistogram", "gauge_histogram": "gaugeHistogram", "untyped": "unknown"]
        guard let kind = Kind(rawValue: known[word.lowercased()] ?? word.lowercased()), word.last?.isASCII == true
        else {
            throw refusal("unknown metric type \(quoted(token))")
        }
        kinds[family] = kind
        describe(family)
    }

    private mutating func readHelp(of family: String) {
        var text: [UInt8] = []
        while !isAtLineEnd {
            text.append(current)
            next()
        }
        guard helps[family] == nil else { return }
        describe(family)
        if !isPastEnd, text.last == UInt8(ascii: "\r") { text.removeLast() }
        while text.last == UInt8(ascii: " ") || text.last == UInt8(ascii: "\t") { text.removeLast() }
        var plain: [UInt8] = []
        var isEscaped = false
        for byte in text {
            let isKnown = "\\\"n".utf8.contains(byte)
            if isEscaped { plain.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte) }
            if isEscaped, !isKnown { plain.insert(UInt8(ascii: "\\"), at: plain.count - 1) }
            if !isEscaped, byte != UInt8(ascii: "\\") { plain.append(byte) }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        }
        if isEscaped { plain.append(UInt8(ascii: "\\")) }
        helps[family] = String(decoding: plain, as: UTF8.self).replacing(/\u{fffd}+/, with: "\u{fffd}")
    }

    private mutating func describe(_ family: String) {
        if !described.contains(family) { described.append(family) }
    }
}
