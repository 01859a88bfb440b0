import Settings
import Testing

@testable import CurlTransport

@Suite struct OAuth2TokenTests {
    @Test(
        arguments: [
            ("{\"access_token\": \"t\"}", "Bearer t", nil),
            ("{\"access_token\":\"t\",\"token_type\":\"bearer\"}", "Bearer t", nil),
            ("{\"access_token\":\"t\",\"token_type\":\"DPoP\",\"expires_in\":60}", "DPoP t", .seconds(60)),
            ("{\"access_token\":\"t\",\"expires_in\":\"3600\",\"other\":[]}", "Bearer t", .seconds(3600)),
            ("{\"access_token\":\"t\",\"expires_in\":0}", "Bearer t", nil),
            ("{\"access_token\":\"t\",\"expires_in\":-1e300}", "Bearer t", nil),
            ("{\"access_token\":\"t\",\"expires_in\":1e300}", "Bearer t", .seconds(1_000_000_000)),
            ("{\"access_token\":\"t\",\"expires_in\":\"inf\"}", "Bearer t", .seconds(1_000_000_000)),
            ("{\"access_token\":\"t\",\"expires_in\":\"nan\"}", "Bearer t", nil),
        ] as [(String, String, Duration?)])
    func `a token is read`(text: String, header: String, lifetime: Duration?) {
        let token = OAuth2Token(text)
        #expect(token?.authorization == Secret(header))
        #expect(token?.lifetime == lifetime)
    }

    @Test(arguments: ["", "t", "{}", "{\"access_token\":\"\"}", "{\"access_token\":\"a\\nb\"}", "access_token=t"])
    func `anything else is none`(text: String) {
        #expect(OAuth2Token(text) == nil)
    }

    @Test func `it is not used up to its end`() {
        let now = ContinuousClock.now
        #expect(OAuth2Token("{\"access_token\":\"t\",\"expires_in\":60}")?.pass.end(now: now) == now + .seconds(50))
        #expect(OAuth2Token("{\"access_token\":\"t\",\"expires_in\":5}")?.pass.end(now: now) == now)
    }
}
