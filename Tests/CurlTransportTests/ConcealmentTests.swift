import Testing

@testable import CurlTransport

@Suite struct ConcealmentTests {
    private let concealment = Concealment(["s3cret-token", "s3cret", "abc", ""])

    @Test(arguments: [
        ("you sent Bearer s3cret-token.", "you sent Bearer <secret>."),
        ("s3cret and s3cret-token", "<secret> and <secret>"),
        ("abc", "abc"), ("", ""), ("too many series", "too many series"),
    ])
    func `what was shown is not repeated, unless it is too short to be told from words`(words: String, left: String) {
        #expect(concealment.conceal(words) == left)
    }

    @Test(arguments: [
        ("you sent s3cret-to", "you sent <secret>"), ("you sent s3cr", "you sent <secret>"),
        ("you sent s3c", "you sent s3c"),
    ])
    func `nor its beginning, where the words break off in it`(words: String, left: String) {
        #expect(Concealment(["s3cret-token"]).conceal(words) == left)
    }
}
