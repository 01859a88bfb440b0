import Settings
import Testing

@Suite struct DestinationURLTests {
    @Test func `a URL is taken apart`() throws {
        let url = try DestinationURL("HTTPS://user:p%40ss@mimir.example:8443/api/v1/push?tenant=a/b@c")
        #expect(url.scheme == "https")
        #expect(url.userinfo == "user:p%40ss")
        #expect(url.authority == "mimir.example:8443")
        #expect(url.path == "/api/v1/push")
        #expect(url.query == "tenant=a/b@c")
    }

    @Test(arguments: [
        "http://localhost", "http://localhost:9090/api/v1/write", "http://[::1]:9090/", "http://[::1]", "http://h:",
        "http://h?x", "https://user@h/",
    ])
    func `a URL with a host is taken`(text: String) throws {
        #expect(try DestinationURL(text).redacted == text.replacing("?x", with: "?xxxxx"))
    }

    @Test(arguments: [
        ("", SettingsError.schemeUnknown), ("localhost:9090", .schemeUnknown), ("ftp://h/", .schemeUnknown),
        ("http:/h", .schemeUnknown), ("unix:///x", .schemeUnknown), ("http://", .hostMissing),
        ("http:///x", .hostMissing),
        ("http://:9090/", .hostMissing), ("http://u:p@/x", .hostMissing), ("http://[]/", .hostMissing),
        ("http://h:x/", .urlMalformed), ("http://h:0/", .urlMalformed), ("http://h:65536/", .urlMalformed),
        ("http://[::1]x/", .urlMalformed), ("http://a b/", .urlMalformed), ("http://h/\n", .urlMalformed),
        ("http://h/#x", .urlMalformed), ("http://h/é", .urlMalformed), ("http://user:pa/ss@h/", .urlMalformed),
    ])
    func `what is no URL of a destination is refused`(text: String, error: SettingsError) {
        #expect(throws: error) { try DestinationURL(text) }
    }

    @Test(arguments: [
        ("http://user:secret@h/x", "http://user:xxxxx@h/x"), ("http://user:@h/x", "http://user:xxxxx@h/x"),
        ("http://user@h/x", "http://user@h/x"), ("http://a:b@c:d@h/x", "http://a:xxxxx@h/x"),
        ("http://h/x?token=secret", "http://h/x?xxxxx"),
    ])
    func `a password and a query are never shown`(text: String, redacted: String) throws {
        #expect(try DestinationURL(text).redacted == redacted)
    }

    @Test func `the name tells two URLs of one host apart and knows no password`() throws {
        let names = try [
            "http://h:9090/a", "http://h:9090/b", "http://u:one@h:9090/a", "http://u:two@h:9090/a", "http://h:9090/a?x",
        ].map { try DestinationURL($0).name }
        #expect(Set(names).count == 4)
        #expect(names[2] == names[3])
        #expect(names.allSatisfy { $0.hasPrefix("h:9090-") && $0.utf8.count == 15 })
        #expect(try DestinationURL("http://h:9090/a").name == names[0])
    }
}
