import Glibc
import Settings
import Testing

@testable import Ingest

@Suite struct PasswordBookTests {
    /// Of the password `secret`, and as cheap as can be.
    static let hash = "$2y$04$QOauhQNbBCuQDKes6eFzPeVj0cCigtIZ1NEwIggIAOiVqcS6cpIjG"

    static func users(_ names: String...) throws -> [String: BcryptHash] {
        Dictionary(uniqueKeysWithValues: try names.map { ($0, try BcryptHash(parsing: hash)) })
    }

    private func verify(_ book: PasswordBook, _ user: String, _ password: String) -> Bool {
        let (user, password) = (Array(user.utf8), Array(password.utf8))
        return book.verify(user: user, password: password, digest: book.digest(user: user, password: password))
    }

    @Test func `a password is right for its user, and for nobody else`() throws {
        let book = PasswordBook(try Self.users("ann", "bob"))
        #expect(verify(book, "ann", "secret"))
        #expect(verify(book, "bob", "secret"))
        #expect(!verify(book, "ann", "Secret"))
        #expect(!verify(book, "eve", "secret"))
        #expect(!verify(book, "", ""))
        // What the stranger's hash is of, as exporter-toolkit has it.
        #expect(!verify(book, "eve", "fakepassword"))
    }

    @Test func `what was found is remembered, right and wrong`() throws {
        let book = PasswordBook(try Self.users("ann"))
        let right = book.digest(user: Array("ann".utf8), password: Array("secret".utf8))
        let wrong = book.digest(user: Array("ann".utf8), password: Array("guess".utf8))
        #expect(book.remembered(right) == nil)
        #expect(verify(book, "ann", "secret"))
        #expect(!verify(book, "ann", "guess"))
        #expect(book.remembered(right) == true)
        #expect(book.remembered(wrong) == false)
    }

    @Test func `guesses do not displace what is right`() throws {
        let book = PasswordBook(try Self.users("ann"))
        #expect(verify(book, "ann", "secret"))
        for guess in 0..<3_000 { #expect(!verify(book, "ann", "\(guess)")) }
        let right = book.digest(user: Array("ann".utf8), password: Array("secret".utf8))
        #expect(book.remembered(right) == true)
    }

    @Test func `a digest is of this process, and of user and password apart`() throws {
        let (one, other) = (PasswordBook(try Self.users("ann")), PasswordBook(try Self.users("ann")))
        let (ab, c) = (Array("ab".utf8), Array("c".utf8))
        #expect(one.digest(user: ab, password: c) == one.digest(user: ab, password: c))
        #expect(one.digest(user: ab, password: c) != other.digest(user: ab, password: c))
        #expect(one.digest(user: ab, password: c) != one.digest(user: Array("a".utf8), password: Array("bc".utf8)))
    }

    /// Not how fast, but that the same work is done: a stranger's password costs what a user's does.
    @Test func `a user that does not exist costs as much as one that does`() throws {
        let hash = "$2y$09$QOauhQNbBCuQDKes6eFzPeVj0cCigtIZ1NEwIggIAOiVqcS6cpIjG"
        let book = PasswordBook(["ann": try BcryptHash(parsing: hash)])
        var (known, unknown) = (0, 0)
        for round in 0..<5 {
            known += processorTime { _ = verify(book, "ann", "guess \(round)") }
            unknown += processorTime { _ = verify(book, "eve", "guess \(round)") }
        }
        #expect(unknown > known / 3, "\(known) \(unknown)")
        #expect(known > unknown / 3, "\(known) \(unknown)")
    }

    /// What work takes of this thread's processor time, in nanoseconds; how busy the machine is is no part of it.
    private func processorTime(_ work: () -> Void) -> Int {
        func now() -> Int {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        let start = now()
        work()
        return now() - start
    }
}
