import Delivery
import Foundation
import NIOHTTP1
import Settings
import Testing

@testable import CurlTransport

@Suite("Access: what a request shows", .timeLimit(.minutes(15)))
struct AccessTests {
    /// The requests that one push comes to.
    private func requests(
        _ script: @escaping @Sendable (FakeDestination.Request) -> FakeDestination.Answer = { _ in .status(204) },
        userinfo: String = "", with change: @escaping (inout DestinationSettings) -> Void
    ) async throws -> [FakeDestination.Request] {
        let fake = try await FakeDestination.start(script)
        try await Scene.run(to: ["http://\(userinfo)127.0.0.1:\(fake.port)/a/write"], with: change) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        try await fake.stop()
        return fake.requests
    }

    private func headers(_ name: String, with change: @escaping (inout DestinationSettings) -> Void) async throws
        -> [String]
    {
        let requests = try await requests(with: change)
        #expect(requests.count == 1)
        return requests.first?.head.headers[name] ?? []
    }

    /// A file in a place of its own.
    private func file(_ text: String) throws -> URL {
        let url = FileManager.default.temporaryDirectory.appending(path: "access-\(UUID().uuidString)")
        try Data(text.utf8).write(to: url)
        return url
    }

    @Test func `basic_auth is a user and a password, given or in files`() async throws {
        var auth = BasicAuth()
        (auth.username, auth.password) = ("user", Secret("sécret"))
        let given = auth
        #expect(try await headers("authorization") { $0.basicAuth = given } == ["Basic dXNlcjpzw6ljcmV0"])
        (auth.username, auth.password) = (nil, nil)
        (auth.usernameFile, auth.passwordFile) = (try file("user\n").path, try file(" secret \n").path)
        let files = auth
        #expect(try await headers("authorization") { $0.basicAuth = files } == ["Basic dXNlcjpzZWNyZXQ="])
        #expect(try await headers("authorization") { $0.basicAuth = BasicAuth() } == ["Basic Og=="])
    }

    @Test func `user and password of the URL are the same`() async throws {
        let requests = try await requests(userinfo: "us%65r:secret@") { _ in }
        #expect(requests.first?.head.headers["authorization"] == ["Basic dXNlcjpzZWNyZXQ="])
    }

    @Test func `a token stands behind its type`() async throws {
        var auth = Authorization()
        (auth.type, auth.credentials) = ("Token", Secret("t"))
        let given = auth
        #expect(try await headers("authorization") { $0.authorization = given } == ["Token t"])
        #expect(try await headers("authorization") { $0.bearerToken = Secret("b") } == ["Bearer b"])
        let path = try file("f\n").path
        #expect(try await headers("authorization") { $0.bearerTokenFile = path } == ["Bearer f"])
    }

    @Test func `a destination that repeats what it is shown tells nobody of it`() async throws {
        let fake = try await FakeDestination.start { .status(400, "\($0.head.headers.map { $0 }) \($0.head.uri)") }
        let path = try file("hush-1\n").path
        let url = "http://user:hush-2@127.0.0.1:\(fake.port)/?key=hush-3"
        let change: (inout DestinationSettings) -> Void = { settings in
            settings.headers = [Header("X-Key", Secret("hush-4"))]
            var group = HeaderGroup("X-Many")
            (group.values, group.secrets, group.files) = (["open"], [Secret("hush-5")], [path])
            settings.httpHeaders = [group]
        }
        try await Scene.run(to: [url], with: change) { scene in
            guard case .refused(_, 400, let message) = try await scene.push("p").value else {
                Issue.record("not refused")
                return
            }
            #expect(message.contains("<secret>") && message.contains("open"))
            #expect(!message.contains("hush") && !message.contains("dXNlcjpodXNo"), "\(message)")
        }
        try await fake.stop()
    }

    @Test func `headers of a user's choice are sent, an empty one too, and with each attempt`() async throws {
        let path = try file("four\n").path
        let requests = try await requests({ $0.number == 1 ? .status(500) : .status(204) }) { settings in
            settings.headers = [Header("X-Scope-OrgID", Secret("team")), Header("X-Empty", Secret(""))]
            var group = HeaderGroup("X-Many")
            (group.values, group.secrets, group.files) = (["one", "two"], [Secret("three")], [path])
            settings.httpHeaders = [group]
        }
        #expect(requests.count == 2)
        for request in requests {
            #expect(request.head.headers["x-scope-orgid"] == ["team"])
            #expect(request.head.headers["x-empty"] == [""])
            #expect(request.head.headers["x-many"] == ["one", "two", "three", "four"])
            #expect(request.head.headers["content-encoding"] == ["snappy"])
        }
        #expect(requests.last?.head.headers["retry-attempt"] == ["1"])
    }

    @Test func `a token that has changed ends a hold at once, and nothing is lost`() async throws {
        try await expectBeforeNextAttempt { try await endHold(by: try file("old")) }
    }

    private func endHold(by url: URL) async throws {
        let fake = try await FakeDestination.start { request in
            request.head.headers["authorization"] == ["Bearer new"] ? .status(204) : .status(401)
        }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/"], with: { $0.bearerTokenFile = url.path }) { scene in
            let outcome = try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("answered 401") == true }
            #expect(outcome.now == nil)
            try Data("new".utf8).write(to: url)
            #expect(try await outcome.value == .delivered)
            // What cannot be read leaves the token as it was.
            try FileManager.default.removeItem(at: url)
            try await Task.sleep(for: .milliseconds(1_200))
            try await scene.expect(.delivered, of: "q")
        }
        // On a slow machine the old token may be shown more than once.
        #expect(fake.texts.drop { $0 == "p" } == ["q"] && fake.texts.count > 2)
        try await fake.stop()
    }

    @Test func `a file that holds no header's value is not sent, and says so`() async throws {
        let url = try file("one\nX-Other: two")
        let fake = try await FakeDestination.start { _ in .status(204) }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/"], with: { $0.bearerTokenFile = url.path }) { scene in
            let outcome = try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("has more than one line") == true }
            try Data("one".utf8).write(to: url)
            #expect(try await outcome.value == .delivered)
        }
        #expect(fake.requests.map { $0.head.headers["authorization"] } == [["Bearer one"]])
        try await fake.stop()
    }

    @Test(arguments: [307, 308])
    func `a redirect is followed with body and credentials, within the destination`(status: Int) async throws {
        let requests = try await requests({ request in
            let next = request.head.uri == "/a/write" ? "/b" : "c/d?e=f"
            return request.head.uri == "/c/d?e=f" ? .status(204) : .status(status, headers: ["Location: \(next)"])
        }) { ($0.bearerToken, $0.headers) = (Secret("t"), [Header("X-A", Secret("a"))]) }
        #expect(requests.map(\.head.uri) == ["/a/write", "/b", "/c/d?e=f"])
        #expect(requests.allSatisfy { $0.text == "p" && $0.head.method == .POST })
        #expect(requests.allSatisfy { $0.head.headers["authorization"] == ["Bearer t"] })
        #expect(requests.allSatisfy { $0.head.headers["x-a"] == ["a"] })
    }

    @Test func `another host is shown no secret, and the next request goes to the destination again`() async throws {
        let other = try await FakeDestination.start { _ in .status(204) }
        let fake = try await FakeDestination.start { _ in
            .status(308, headers: ["Location: http://127.0.0.1:\(other.port)/b"])
        }
        var group = HeaderGroup("X-Key")
        group.secrets = [Secret("k")]
        let key = group
        let settings: (inout DestinationSettings) -> Void = {
            ($0.bearerToken, $0.headers, $0.httpHeaders) = (Secret("t"), [Header("X-A", Secret("a"))], [key])
        }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/"], with: settings) { scene in
            try await scene.expect(.delivered, of: "p")
            try await scene.expect(.delivered, of: "q")
        }
        #expect(fake.texts == ["p", "q"] && other.texts == ["p", "q"])
        #expect(fake.requests.allSatisfy { $0.head.headers["authorization"] == ["Bearer t"] })
        #expect(fake.requests.allSatisfy { $0.head.headers["x-key"] == ["k"] })
        #expect(other.requests.allSatisfy { $0.head.headers["authorization"] == [] })
        #expect(other.requests.allSatisfy { $0.head.headers["x-key"] == [] })
        #expect(other.requests.allSatisfy { $0.head.headers["x-a"] == ["a"] })
        try await fake.stop()
        try await other.stop()
    }

    @Test(arguments: [301, 302, 303])
    func `a redirect that would lose the body is held`(status: Int) async throws {
        let fake = try await FakeDestination.start { _ in .status(status, headers: ["Location: /b"]) }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/a"], drain: .zero) { scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("answered \(status)") == true }
        }
        // On a busy machine the hold may be over and tried again before the scene ends.
        #expect(Set(fake.requests.map(\.head.uri)) == ["/a"])
        try await fake.stop()
    }

    @Test func `redirects in a circle end`() async throws {
        let fake = try await FakeDestination.start { _ in .status(307, headers: ["Location: /a"]) }
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/a"], drain: .zero) { scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("answered 307") == true }
        }
        // Each attempt makes eleven requests; after a hold there may be another one.
        #expect((11...33).contains(fake.requests.count))
        try await fake.stop()
    }

    @Test func `a proxy is asked for the whole URL, with its own password`() async throws {
        let proxy = try await FakeDestination.start { _ in .status(204) }
        let settings: (inout DestinationSettings) -> Void = {
            $0.proxy.url = Secret("http://u:w@127.0.0.1:\(proxy.port)")
            $0.bearerToken = Secret("t")
        }
        try await Scene.run(to: ["http://backend.test:9090/write"], with: settings) { scene in
            try await scene.expect(.delivered, of: "p")
        }
        let request = try #require(proxy.requests.first)
        #expect(request.head.uri == "http://backend.test:9090/write")
        #expect(request.head.headers["proxy-authorization"] == ["Basic dTp3"])
        #expect(request.head.headers["authorization"] == ["Bearer t"])
        try await proxy.stop()
    }

    @Test func `a request is signed anew for each attempt and each place within the destination`() async throws {
        var sigv4 = SigV4()
        (sigv4.region, sigv4.accessKey, sigv4.secretKey) = ("eu-central-1", "AKID", Secret("s"))
        let settings = sigv4
        let requests = try await requests({ request in
            switch request.number {
            case 1: .status(500)
            case 2: .status(307, headers: ["Location: /b"])
            default: .status(204)
            }
        }) { $0.sigv4 = settings }
        #expect(requests.count == 3)
        for request in requests {
            let headers = request.head.headers
            let signed = [
                "content-encoding", "content-type", "host", "x-amz-date", "x-prometheus-remote-write-version",
            ]
            let signature = AWSSignature(
                credentials: AWSCredentials(accessKey: "AKID", secretKey: Secret("s")), region: "eu-central-1",
                service: "aps", time: headers["x-amz-date"].first ?? "")
            let copy = AWSSignature.Request(
                path: request.head.uri, query: "", headers: signed.map { ($0, headers[$0].first ?? "") },
                body: request.body)
            #expect(headers["authorization"] == [signature.authorization(copy)])
        }
    }

    @Test func `without a key for the signature nothing is sent, and what is missing is told`() async throws {
        let fake = try await FakeDestination.start { _ in .status(204) }
        var sigv4 = SigV4()
        (sigv4.region, sigv4.profile) = ("r", "no such profile")
        let settings = sigv4
        try await Scene.run(to: ["http://127.0.0.1:\(fake.port)/"], drain: .zero, with: { $0.sigv4 = settings }) {
            scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("sigv4 has no key") == true }
        }
        #expect(fake.requests.isEmpty)
        try await fake.stop()
    }
}
