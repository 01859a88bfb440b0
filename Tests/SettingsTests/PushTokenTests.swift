import Testing

@testable import Settings

@Suite("A token's settings")
struct PushTokenTests {
    private func contradictions(_ token: Secret?, _ file: String?) -> [String] {
        var settings = Settings()
        var own = PushToken()
        (own.token, own.tokenFile) = (token, file)
        settings.push.pushgateway.tokens = [own]
        return settings.contradictions.map(\.description)
    }

    @Test func `a token stands in one place`() {
        #expect(contradictions(Secret("t"), nil) == [])
        #expect(contradictions(nil, "/f") == [])
        #expect(contradictions(nil, nil) == ["push.pushgateway.tokens[0]: is missing: token or token_file"])
        #expect(
            contradictions(Secret("t"), "/f") == [
                "push.pushgateway.tokens[0]: at most one of token, token_file can be used"
            ])
    }

    @Test func `an empty token opens nothing and is refused`() {
        #expect(contradictions(Secret(""), nil) == ["push.pushgateway.tokens[0].token: must not be empty"])
        #expect(contradictions(nil, "") == ["push.pushgateway.tokens[0].token_file: must not be empty"])
    }
}
