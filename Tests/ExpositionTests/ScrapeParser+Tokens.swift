/// Tokens, byte by byte.
extension ScrapeParser {
    func isNext(_ text: String) -> Bool { body[at...].starts(with: text.utf8) }

    mutating func take(_ text: String) -> Bool {
        guard isNext(text) else { return false }
        at += text.utf8.count
        return true
    }

    mutating func expect(_ text: String) throws(Refusal) { guard take(text) else { throw Refusal() } }

    mutating func readUntil(_ ends: String) -> [UInt8] {
        let start = at
        while at < body.count, !ends.utf8.contains(body[at]) { at += 1 }
        return Array(body[start..<at])
    }

    func text(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal() }
        return text
    }

    mutating func readName(colons: Bool) throws(Refusal) -> String {
        let start = at
        while at < body.count {
            switch Unicode.Scalar(body[at]) {
            case "a"..."z", "A"..."Z", "_": break
            case ":" where colons: break
            case "0"..."9" where at > start: break
            default:
                guard at > start else { throw Refusal() }
                return try text(Array(body[start..<at]))
            }
            at += 1
        }
        throw Refusal()
    }

    mutating func readQuoted(hasLines: Bool, hasNulls: Bool) throws(Refusal) -> String {
        try expect("\"")
        let start = at
        while at < body.count {
            switch Unicode.Scalar(body[at]) {
            case "\"":
                at += 1
                return unescaped(try text(Array(body[start..<at - 1])))
            case "\\":
                at += 1
                if isNext("\n") || isNext("\0") { throw Refusal() }
            case "\n" where !hasLines: throw Refusal()
            case "\0" where !hasNulls: throw Refusal()
            default: break
            }
            at += 1
        }
        throw Refusal()
    }

    func unescaped(_ text: String) -> String {
        var plain = ""
        var rest = text.unicodeScalars[...]
        while let first = rest.popFirst() {
            let known: [Unicode.Scalar: Unicode.Scalar] = ["n": "\n", "\\": "\\", "\"": "\""]
            if first == "\\", let next = rest.first, let scalar = known[next] {
                plain.unicodeScalars.append(scalar)
                rest.removeFirst()
            } else {
                plain.unicodeScalars.append(first)
            }
        }
        return plain
    }

    mutating func readNumber() throws(Refusal) -> Double {
        let text = try text(readUntil(" \n"))
        switch text.lowercased() {
        case "nan": return Double(bitPattern: 0x7ff8_0000_0000_0001)
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default:
            guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text),
                value.isFinite
            else { throw Refusal() }
            return value
        }
    }

    mutating func readTime() throws(Refusal) -> Int64 {
        try expect(" ")
        guard let time = milliseconds(try readNumber()) else { throw Refusal() }
        return time
    }
}
