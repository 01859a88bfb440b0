import Testing

@testable import CurlTransport

@Suite("Endpoint")
struct EndpointTests {
    @Test(arguments: [
        ("http://127.0.0.1:9090/api/v1/write", "127.0.0.1:9090"),
        ("http://backend/write", "backend:80"),
        ("https://user:secret@backend.example/a?b=c", "backend.example:443"),
        ("HTTPS://[::1]:8443/", "[::1]:8443"),
    ])
    func `it is host and port, and nothing secret`(url: String, name: String) throws {
        let endpoint = try #require(Endpoint(url: url))
        #expect(endpoint.name == name)
    }

    @Test(arguments: ["", "backend:9090", "ftp://backend/", "file:///etc/passwd", "http://", "http://a b/"])
    func `a url that is no http or https has none`(url: String) {
        #expect(Endpoint(url: url) == nil)
    }
}
