import Settings
import Testing

@Suite struct SecretTests {
    @Test func `it is not shown, however it is printed`() {
        let secret = Secret("hidden")
        var destination = DestinationSettings(url: "http://h/")
        destination.bearerToken = secret
        destination.headers = [Header("A", secret)]
        destination.proxy.url = secret
        destination.tls.key = secret
        var dumped = ""
        dump(destination, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), "\(destination)", dumped, "\(Credential.text(secret))"] {
            #expect(!text.contains("hidden"))
        }
        #expect("\(secret)" == "<secret>")
        #expect(secret.revealed == "hidden")
    }

    @Test func `a credential is the one of two keys that is set`() {
        #expect(Credential(Secret("a"), file: nil) == .text(Secret("a")))
        #expect(Credential(nil, file: "a") == .file("a"))
        #expect(Credential(nil, file: nil) == nil)
    }
}
