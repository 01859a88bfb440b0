import Bytes

/// What a request shows in its header `Authorization` (RFC 9110, 11.6.2).
enum ShownCredential: Equatable {
    /// A user and a password (RFC 7617).
    case basic(user: [UInt8], password: [UInt8])
    /// A token (RFC 6750).
    case bearer([UInt8])
    /// Nothing, or nothing that is understood.
    case nothing

    /// Reads the header's value.
    init(_ header: String?) {
        self = .nothing
        guard let header, let blank = header.utf8.firstIndex(of: UInt8(ascii: " ")) else { return }
        let text = Array(header.utf8[blank...].drop { $0 == UInt8(ascii: " ") })
        switch header[..<blank].lowercased() {
        case "bearer": self = .bearer(text)
        case "basic":
            guard let pair = Base64.decode(text), let colon = pair.firstIndex(of: UInt8(ascii: ":")) else { return }
            self = .basic(user: Array(pair[..<colon]), password: Array(pair[(colon + 1)...]))
        default: break
        }
    }
}
