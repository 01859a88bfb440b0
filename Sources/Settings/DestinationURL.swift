/// The parts of a destination's URL, `http` or `https`.
///
/// It looks no closer than the collector needs to: what it takes, libcurl may still refuse.
public struct DestinationURL: Sendable, Equatable {
    /// `http` or `https`.
    public let scheme: String
    /// What stands before the host's `@`, as written.
    public let userinfo: String?
    /// The host and, where it is given, the port.
    public let authority: String
    /// The path, as written; empty, or with a slash in front.
    public let path: String
    /// What follows the question mark, as written.
    public let query: String?

    /// Takes a URL apart.
    ///
    /// - Throws: `schemeUnknown`, `hostMissing`, `urlMalformed`, none of which tells the text: it may hold a password.
    public init(_ text: String) throws(SettingsError) {
        let lowercased = text.lowercased()
        guard let scheme = ["http", "https"].first(where: { lowercased.hasPrefix($0 + "://") })
        else { throw .schemeUnknown }
        let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        guard isPlain else { throw .urlMalformed }
        let rest = text.dropFirst(scheme.count + 3)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(authority.count).prefix { $0 != "?" }
        let query = rest.dropFirst(authority.count + path.count)
        let at = authority.lastIndex(of: "@")
        self.scheme = scheme
        self.path = String(path)
        self.query = query.isEmpty ? nil : String(query.dropFirst())
        userinfo = at.map { String(authority[..<$0]) }
        self.authority = at.map { String(authority[authority.index(after: $0)...]) } ?? String(authority)
        try Self.check(authority: self.authority)
    }

    private static func check(authority: String) throws(SettingsError) {
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        guard !host.isEmpty else { throw .hostMissing }
        let rest = authority.dropFirst(host.count + (isBracketed ? 2 : 0))
        guard !rest.isEmpty else { return }
        let port = rest.dropFirst()
        let isNumber =
            rest.hasPrefix(":") && port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, port.isEmpty || (1...65_535).contains(Int(port) ?? 0) else { throw .urlMalformed }
    }
}

extension DestinationURL {
    /// The user of the userinfo, without the password.
    private var user: Substring? { userinfo.map { $0.prefix { $0 != ":" } } }

    /// The URL for people: password and query are `xxxxx`, for both are where secrets stand.
    public var redacted: String {
        let hasPassword = userinfo?.contains(":") ?? false
        let login = user.map { $0 + (hasPassword ? ":xxxxx@" : "@") } ?? ""
        return "\(scheme)://\(login)\(authority)\(path)\(query == nil ? "" : "?xxxxx")"
    }

    /// The host and eight hexadecimal digits that tell two URLs of one host apart, the same from start to start.
    ///
    /// The password is not among what is hashed.
    public var name: String {
        let text = "\(scheme)://\(user ?? "")@\(authority)\(path)?\(query ?? "")"
        // FNV-1a, 32 bits.
        let hash = text.utf8.reduce(UInt32(0x811c_9dc5)) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return authority + "-" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
