import Settings
import Testing

@Suite struct BcryptHashTests {
    private static let digits = "X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG"

    @Test(arguments: [("$2y$10$", 10), ("$2b$04$", 4), ("$2a$20$", 20)])
    func `a hash has its cost, and is shown to nobody`(prefix: String, cost: Int) throws {
        let hash = try BcryptHash(parsing: prefix + Self.digits)
        #expect(hash.cost == cost)
        #expect(hash.secret.revealed == prefix + Self.digits)
        #expect(!"\(hash)".contains("X0h1"))
    }

    @Test(arguments: [
        "", "password", "$2y$10$", "$2x$10$" + digits, "$2y$3$" + digits, "$2y$03$" + digits, "$2y$21$" + digits,
        "$2y$1a$" + digits, "$2y$10$" + digits.dropLast(), "$2y$10$" + digits + "x",
        "$2y$10$" + digits.dropLast() + "!",
        "$6$10$" + digits, "x$2y$10$" + digits, "$2y$10$" + digits + "$",
    ])
    func `anything else is none, and is not told`(text: String) {
        #expect(throws: SettingsError.notABcryptHash) { try BcryptHash(parsing: text) }
        #expect(!SettingsError.notABcryptHash.description.contains("password"))
    }
}
