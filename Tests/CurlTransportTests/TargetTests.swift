import Settings
import Testing

@testable import CurlTransport

@Suite struct TargetTests {
    @Test func `user and password are taken out of the URL, and what is escaped is itself again`() throws {
        let target = try #require(Target(url: "https://us%20er:p%3Aw%40@Host:9/a%20b?c=d", serverName: nil))
        #expect(target.url == "https://Host:9/a%20b?c=d")
        #expect(target.login == Target.Login(user: "us er", password: Secret("p:w@")))
        #expect(target.origin == "https://host:9")
        #expect(target.host == "Host:9" && target.path == "/a%20b" && target.query == "c=d")
    }

    @Test(arguments: [
        ("http://h", "h"), ("http://h:80/", "h"), ("https://h:443/", "h"), ("http://h:443/", "h:443"),
        ("http://[::1]:9/", "[::1]:9"),
    ])
    func `the host has its port where it is not the scheme's own`(url: String, host: String) {
        #expect(Target(url: url, serverName: nil)?.host == host)
    }

    @Test func `what is no URL has no target`() {
        for url in ["", "ftp://h/", "http:///", "http://h:x/"] { #expect(Target(url: url, serverName: nil) == nil) }
    }

    @Test func `another name takes the host's place, and the connection goes where it went`() throws {
        let target = try #require(Target(url: "https://10.0.0.1:8443/p?q", serverName: "name.test"))
        #expect(target.url == "https://name.test:8443/p?q")
        #expect(target.connectTo == "name.test:8443:10.0.0.1:8443")
        #expect(target.host == "10.0.0.1:8443" && target.origin == "https://10.0.0.1:8443")
        #expect(Target(url: "http://h/", serverName: "name.test")?.connectTo == nil)
    }

    @Test func `a redirect leads elsewhere, or to another path under the same name`() throws {
        let plain = try #require(Target(url: "http://h/a", serverName: nil))
        #expect(plain.redirected(to: "http://h/b", serverName: nil)?.origin == plain.origin)
        #expect(plain.redirected(to: "https://h/b", serverName: nil)?.origin == "https://h:443")
        #expect(plain.redirected(to: "ftp://h/b", serverName: nil) == nil)
        let named = try #require(Target(url: "https://10.0.0.1:8443/a", serverName: "n"))
        let next = try #require(named.redirected(to: "https://n:8443/b?c", serverName: "n"))
        #expect(next.origin == named.origin && next.url == "https://n:8443/b?c" && next.connectTo == named.connectTo)
    }
}
