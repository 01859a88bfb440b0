import Testing

@testable import Ingest

@Suite struct ShownCredentialTests {
    @Test(
        arguments: [
            ("Bearer abc", ShownCredential.bearer(Array("abc".utf8))),
            ("bearer  a b", .bearer(Array("a b".utf8))),
            ("Basic YW5uOnNlY3JldA==", .basic(user: Array("ann".utf8), password: Array("secret".utf8))),
            ("BASIC YW5uOmE6Yg", .basic(user: Array("ann".utf8), password: Array("a:b".utf8))),
            ("Basic Og==", .basic(user: [], password: [])),
            ("Basic YW5u", .nothing), ("Basic !", .nothing), ("Basic", .nothing), ("Digest a", .nothing),
            ("", .nothing),
            ("Bearer", .nothing), (nil, .nothing),
        ] as [(String?, ShownCredential)])
    func `a header shows a user and a password, a token, or nothing`(header: String?, credential: ShownCredential) {
        #expect(ShownCredential(header) == credential)
    }
}
