/// An answer as it came over the wire.
struct Reply: Equatable {
    var status: Int
    var headers: [String: String]
    var body: String

    /// Takes the answers of a connection apart; nil where they are not well-formed to the last byte.
    ///
    /// - Parameter isHead: whether the requests were HEAD, whose answers have no body whatever they announce.
    static func read(_ text: String, isHead: Bool = false) -> [Reply]? {
        var rest = Substring(text)
        var replies: [Reply] = []
        while !rest.isEmpty {
            guard let end = rest.firstRange(of: "\r\n\r\n") else { return nil }
            let lines = rest[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false)
            let words = lines[0].split(separator: " ", maxSplits: 2)
            guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
            var reply = Reply(status: status, headers: [:], body: "")
            for line in lines.dropFirst() {
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].drop { $0 == " " }
                reply.headers[line[..<colon].lowercased()] = String(value)
            }
            rest = rest[end.upperBound...]
            let length = isHead ? 0 : Int(reply.headers["content-length"] ?? "0") ?? 0
            guard rest.utf8.count >= length else { return nil }
            let body = rest.utf8.prefix(length)
            reply.body = String(Substring(body))
            rest = Substring(rest.utf8.dropFirst(length))
            replies.append(reply)
        }
        return replies
    }

    /// The only answer.
    static func one(_ text: String, isHead: Bool = false) -> Reply? {
        guard let replies = read(text, isHead: isHead), replies.count == 1 else { return nil }
        return replies[0]
    }

    /// Whether it is a refusal as contract R7 wants it, with these words in it.
    func refuses(_ status: Int, _ words: String) -> Bool {
        self.status == status && headers["content-type"] == "text/plain; charset=utf-8"
            && headers["x-content-type-options"] == "nosniff" && body.hasSuffix("\n") && body.utf8.count <= 1_024
            && body.split(separator: "\n").first?.contains(words) == true
    }

    /// Whether it is a success as contract R7 wants it: an empty body that says so.
    var isEmpty: Bool { body.isEmpty && headers["content-length"] == "0" && headers["transfer-encoding"] == nil }
}
