import NIOHTTP1

/// A whole answer to a request, but for what concerns the connection.
struct HTTPAnswer: Equatable {
    /// The status.
    var status: HTTPResponseStatus
    /// The headers that say more than the body's length.
    var headers: [Header] = []
    /// The body; most answers have none.
    var body = ""

    /// A header of an answer.
    struct Header: Equatable {
        var name: String
        var value: String

        init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// What a refusal's body may be long (contract R7).
    static let largestErrorBody = 1_024

    /// What a `Push-Collector-Reason` may be long.
    static let longestReason = 512

    /// The text in at most `limit` bytes of UTF-8.
    static func clip(_ text: String, to limit: Int) -> String {
        var clipped = ""
        var count = 0
        let ellipsis = "…"
        let fits = text.utf8.count <= limit
        for scalar in text.unicodeScalars {
            let next = count + UTF8.width(scalar)
            if !fits, next > limit - ellipsis.utf8.count {
                clipped += ellipsis
                break
            }
            clipped.unicodeScalars.append(scalar)
            count = next
        }
        return clipped
    }

    /// The text as a header can have it: what is not ASCII is a question mark.
    static func ascii(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "?" }))
    }

    /// The text in one line: controls, line breaks among them, are blanks.
    static func oneLine(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return String(String.UnicodeScalarView(scalars))
    }
}
