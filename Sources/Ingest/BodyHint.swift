/// What a client probably did to a body of text that cannot be read.
enum BodyHint: Equatable {
    /// Sent it percent-encoded, as `curl --data-urlencode` does.
    case percentEncoded
    /// Took its line feeds away, as `curl --data @file` does.
    case lineFeedsRemoved
    /// Sent it as a form of several parts, as `curl --form` does.
    case multipart

    /// What can be told from the body and its type.
    init?(_ body: ArraySlice<UInt8>, type: String?) {
        var (hasLineFeed, hasBlank, escapes) = (false, false, 0)
        for index in body.indices {
            switch body[index] {
            case UInt8(ascii: "\n"): hasLineFeed = true
            case UInt8(ascii: " "): hasBlank = true
            case UInt8(ascii: "%"): escapes += Self.isEscape(body, index) ? 1 : 0
            default: break
            }
        }
        if body.starts(with: "--".utf8) {
            self = .multipart
        } else if escapes > 0, !hasLineFeed, !hasBlank {
            self = .percentEncoded
        } else if !hasLineFeed, Self.isForm(type) {
            self = .lineFeedsRemoved
        } else {
            return nil
        }
    }

    /// Whether a type is a form's, as curl says of everything that it is not told otherwise.
    private static func isForm(_ type: String?) -> Bool {
        type?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false
    }

    private static func isEscape(_ body: ArraySlice<UInt8>, _ index: Int) -> Bool {
        guard index + 2 < body.endIndex else { return false }
        return [body[index + 1], body[index + 2]].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }

    /// What to do about it.
    var advice: String {
        switch self {
        case .percentEncoded: "the body is percent-encoded: push it by curl --data-binary, not --data-urlencode"
        case .lineFeedsRemoved: "the body has no line feeds, which curl --data removes: push it by curl --data-binary"
        case .multipart: "the body is a form of several parts: push it by curl --data-binary, not --form"
        }
    }
}
