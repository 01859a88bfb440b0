import Settings
import Testing

@testable import CurlTransport

@Suite struct ProxyChoiceTests {
    @Test func `what a proxy is shown is known`() {
        var proxy = Proxy()
        proxy.url = Secret("http://us%65r:s%65cret@p")
        #expect(ProxyChoice(proxy, scheme: "http").secrets == ["secret", "dXNlcjpzZWNyZXQ="])
        proxy.url = Secret("http://p:1")
        #expect(ProxyChoice(proxy, scheme: "http").secrets == [])
        #expect(ProxyChoice.none.secrets == [])
    }

    private func choice(_ scheme: String, _ environment: [String: String], _ change: (inout Proxy) -> Void)
        -> ProxyChoice
    {
        var proxy = Proxy()
        change(&proxy)
        return ProxyChoice(proxy, scheme: scheme) { environment[$0] }
    }

    @Test func `without settings there is none, whatever the environment says`() {
        #expect(choice("http", ["http_proxy": "http://p"]) { _ in } == .none)
    }

    @Test(arguments: [
        ("http://p", "http://p:80"), ("https://u:w@p", "https://u:w@p:443"), ("http://p:3128/x", "http://p:3128"),
        ("socks5://[::1]", "socks5h://[::1]:1080"), ("http://[::1]:9", "http://[::1]:9"),
    ])
    func `a proxy has the port that Prometheus takes`(url: String, complete: String) {
        #expect(choice("http", [:]) { $0.url = Secret(url) } == ProxyChoice(url: complete, exceptions: ""))
    }

    @Test func `what is reached without it stands in no_proxy, and is the machine itself`() {
        let choice = choice("http", [:]) { ($0.url, $0.noProxy) = (Secret("http://p"), "a.test,10.0.0.0/8") }
        #expect(choice.exceptions == "a.test,10.0.0.0/8,localhost,127.0.0.0/8,::1")
    }

    @Test func `the environment counts where it is to`() {
        let environment = ["HTTPS_PROXY": "http://s:1", "http_proxy": "p:2", "NO_PROXY": "a.test"]
        let secure = choice("https", environment) { $0.fromEnvironment = true }
        #expect(secure == ProxyChoice(url: "http://s:1", exceptions: "a.test,localhost,127.0.0.0/8,::1"))
        #expect(choice("http", environment) { $0.fromEnvironment = true }.url == "http://p:2")
        #expect(choice("http", [:]) { $0.fromEnvironment = true } == .none)
        #expect(choice("http", ["http_proxy": "p", "no_proxy": "*"]) { $0.fromEnvironment = true }.exceptions == "*")
    }
}
