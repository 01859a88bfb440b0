import NIOCore
import NIOPosix
import Settings
import Testing

@testable import Ingest

@Suite struct PasswordDeskTests {
    private let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
    private let unauthorized = PushError.unauthorized(basic: true, bearer: false)

    private func check(_ book: PasswordBook, _ user: String, _ password: String) -> PasswordDesk.Check {
        let (user, password) = (Array(user.utf8), Array(password.utf8))
        return .init(
            book: book, user: user, password: password, digest: book.digest(user: user, password: password))
    }

    @Test func `a password is looked at elsewhere, and what is wrong with it is told`() async throws {
        let book = PasswordBook(try PasswordBookTests.users("ann"))
        let desk = PasswordDesk()
        let right = desk.look(at: check(book, "ann", "secret"), else: unauthorized, on: eventLoop)
        let wrong = desk.look(at: check(book, "ann", "guess"), else: unauthorized, on: eventLoop)
        #expect(try await right.get() == nil)
        #expect(try await wrong.get()?.reason == "unauthorized")
        desk.close()
    }

    @Test func `many with the same password wait for one look, and many different ones are too many`() async throws {
        // Slow enough that all are there before the first is done.
        let hash = "$2y$10$QOauhQNbBCuQDKes6eFzPeVj0cCigtIZ1NEwIggIAOiVqcS6cpIjG"
        let book = PasswordBook(["ann": try BcryptHash(parsing: hash)])
        let desk = PasswordDesk()
        let same = (0..<1_000).map { _ in
            desk.look(at: check(book, "ann", "a"), else: unauthorized, on: eventLoop)
        }
        let different = (0..<200).map { desk.look(at: check(book, "ann", "\($0)"), else: unauthorized, on: eventLoop) }
        #expect(try await same[0].get()?.reason == "unauthorized")
        for future in different { _ = try await future.get() }
        desk.close()
        var reasons: [String: Int] = [:]
        for future in same + different { reasons[try await future.get()?.reason ?? "", default: 0] += 1 }
        #expect(reasons["unauthorized", default: 0] >= 1_000)
        #expect(reasons["passwords", default: 0] >= 100)
        #expect(reasons.values.reduce(0, +) == 1_200)
    }

    @Test func `the end waits for no look, and who waits is told`() async throws {
        // So slow that none is done before the end comes.
        let hash = "$2y$13$QOauhQNbBCuQDKes6eFzPeVj0cCigtIZ1NEwIggIAOiVqcS6cpIjG"
        let book = PasswordBook(["ann": try BcryptHash(parsing: hash)])
        let desk = PasswordDesk()
        let waiting = (0..<5).map { desk.look(at: check(book, "ann", "\($0)"), else: unauthorized, on: eventLoop) }
        desk.close()
        for future in waiting { #expect(try await future.get()?.reason == "draining") }
    }

    @Test func `after the end nobody is looked at`() async throws {
        let book = PasswordBook(try PasswordBookTests.users("ann"))
        let desk = PasswordDesk()
        desk.close()
        let late = desk.look(at: check(book, "ann", "secret"), else: unauthorized, on: eventLoop)
        #expect(try await late.get()?.reason == "passwords")
    }
}

extension PushError: Equatable {
    /// By what they say.
    static func == (one: PushError, other: PushError) -> Bool { one.description == other.description }
}
