/// A password's bcrypt hash, as `htpasswd -B` writes it; printed in any way, it is `<secret>`.
public struct BcryptHash: Sendable, Hashable {
    /// The costs that are taken: each more doubles the time, and 2 to the power of 20 rounds are a minute.
    public static let costs = 4...20

    /// The hash itself.
    public let secret: Secret
    /// The base-2 logarithm of the rounds.
    public let cost: Int

    /// Reads `$2y$10$` and 53 characters; `$2a$` and `$2b$` too.
    ///
    /// - Throws: `notABcryptHash`.
    public init(parsing text: String) throws(SettingsError) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, ["2a", "2b", "2y"].contains(parts[1]),
            parts[2].utf8.count == 2, let cost = Int(parts[2]), Self.costs.contains(cost),
            parts[3].utf8.count == 53, parts[3].utf8.allSatisfy(Self.isDigit)
        else { throw .notABcryptHash }
        secret = Secret(text)
        self.cost = cost
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
