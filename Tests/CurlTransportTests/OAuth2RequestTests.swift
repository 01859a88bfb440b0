import Settings
import Testing

@testable import CurlTransport

@Suite struct OAuth2RequestTests {
    private var settings: OAuth2 {
        var settings = OAuth2()
        settings.clientID = "a b"
        settings.scopes = ["r", "w x"]
        settings.endpointParams = [Header("audience", Secret("https://h/"))]
        return settings
    }

    @Test func `the client's credentials stand in the header, escaped`() {
        let request = OAuth2Request(settings, secret: "s:é", style: .header)
        #expect(request.authorization == BasicAuthentication.value(user: "a+b", password: "s%3A%C3%A9"))
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "grant_type=client_credentials&scope=r+w+x&audience=https%3A%2F%2Fh%2F")
    }

    @Test func `or they stand in the form`() {
        let request = OAuth2Request(settings, secret: "s+", style: .parameters)
        #expect(request.authorization == nil)
        #expect(!request.lines.contains { $0.hasPrefix("Authorization") })
        #expect(String(decoding: request.body, as: UTF8.self).contains("&client_id=a+b&client_secret=s%2B&"))
    }
}
