import Delivery
import Foundation
import NIOHTTP1
import Settings
import Synchronization
import Testing

@testable import CurlTransport

@Suite("TokenSource: oauth2, with a token endpoint and a destination on loopback", .timeLimit(.minutes(15)))
struct TokenSourceTests {
    /// A token endpoint whose tokens are numbered, and a destination that takes those it is told to take.
    private struct Place {
        let endpoint: FakeDestination
        let destination: FakeDestination

        static func open(
            tokens: @escaping @Sendable (FakeDestination.Request) -> FakeDestination.Answer = {
                .status(200, "{\"access_token\":\"t\($0.number)\",\"expires_in\":3600}")
            },
            destination: @escaping @Sendable (FakeDestination.Request) -> FakeDestination.Answer = { _ in .status(204) }
        ) async throws -> Place {
            Place(
                endpoint: try await FakeDestination.start(tokens),
                destination: try await FakeDestination.start(destination))
        }

        func close() async throws {
            try await endpoint.stop()
            try await destination.stop()
        }

        func run(
            drain: Duration = .seconds(30), with change: @escaping (inout DestinationSettings) -> Void = { _ in },
            _ body: @escaping @Sendable (Scene) async throws -> Void
        ) async throws {
            let port = endpoint.port
            try await Scene.run(
                to: ["http://127.0.0.1:\(destination.port)/"], drain: drain,
                with: {
                    var oauth2 = OAuth2()
                    oauth2.clientID = "client"
                    oauth2.clientSecret = Secret("hush")
                    oauth2.scopes = ["write"]
                    oauth2.tokenURL = "http://127.0.0.1:\(port)/token"
                    $0.oauth2 = oauth2
                    change(&$0)
                }, body)
        }

        var shown: [[String]] { destination.requests.map { $0.head.headers["authorization"] } }
    }

    @Test func `a token is fetched once, by all shards together, and shown with each request`() async throws {
        let place = try await Place.open()
        try await place.run(with: { $0.queue.maxShards = 4 }) { scene in
            let outcomes = try (0..<16).map { try scene.push("\($0)", group: UInt64($0) &* 0x1_0000_0001) }
            for outcome in outcomes { #expect(try await outcome.value == .delivered) }
            try await scene.expect(.delivered, of: "later")
        }
        #expect(place.endpoint.requests.count == 1)
        #expect(Set(place.shown) == [["Bearer t1"]])
        let request = try #require(place.endpoint.requests.first)
        #expect(request.head.uri == "/token" && request.head.method == .POST)
        #expect(request.head.headers["authorization"] == [BasicAuthentication.value(user: "client", password: "hush")])
        #expect(request.head.headers["content-type"] == ["application/x-www-form-urlencoded"])
        #expect(String(decoding: request.body, as: UTF8.self) == "grant_type=client_credentials&scope=write")
        try await place.close()
    }

    @Test func `an endpoint that wants the credentials in the form gets them there`() async throws {
        let place = try await Place.open(tokens: { request in
            String(decoding: request.body, as: UTF8.self).contains("client_secret=hush")
                ? .status(200, "{\"access_token\":\"t\"}") : .status(401, "{\"error\":\"invalid_client\"}")
        })
        try await place.run { try await $0.expect(.delivered, of: "p") }
        #expect(place.endpoint.requests.map { $0.head.headers["authorization"].count } == [1, 0])
        #expect(place.shown == [["Bearer t"]])
        try await place.close()
    }

    @Test func `a token that is turned away is fetched anew, once for a request`() async throws {
        let place = try await Place.open(destination: { request in
            request.head.headers["authorization"] == ["Bearer t2"] ? .status(204) : .status(401)
        })
        try await place.run { try await $0.expect(.delivered, of: "p") }
        #expect(place.shown == [["Bearer t1"], ["Bearer t2"]])
        try await place.close()
        let closed = try await Place.open(destination: { _ in .status(401) })
        try await closed.run(drain: .zero) { scene in
            try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("answered 401") == true }
        }
        #expect(closed.shown.prefix(2) == [["Bearer t1"], ["Bearer t2"]])
        try await closed.close()
    }

    @Test func `a token that has come to its end is fetched anew`() async throws {
        // Ten seconds before its end a token is not used any more.
        let place = try await Place.open(tokens: {
            .status(200, "{\"access_token\":\"t\($0.number)\",\"expires_in\":11}")
        })
        try await place.run { scene in
            try await scene.expect(.delivered, of: "p")
            try await Task.sleep(for: .milliseconds(1_200))
            try await scene.expect(.delivered, of: "q")
        }
        #expect(place.shown == [["Bearer t1"], ["Bearer t2"]])
        try await place.close()
    }

    @Test func `an endpoint that fails is asked again, and other destinations go on meanwhile`() async throws {
        let place = try await Place.open(tokens: {
            $0.number < 3 ? .status(503, "later") : .status(200, "{\"access_token\":\"t\"}")
        })
        try await place.run { try await $0.expect(.delivered, of: "p") }
        #expect(place.endpoint.requests.count == 3)
        #expect(place.shown == [["Bearer t"]])
        try await place.close()
    }

    @Test(arguments: [("{\"error\":\"no\"}", 400, "answered 400: check client_id"), ("<html>", 200, "without a token")])
    func `an endpoint that refuses holds the destination, and says so without the secret`(
        body: String, status: Int, words: String
    ) async throws {
        let place = try await Place.open(tokens: { _ in .status(status, body) })
        try await place.run(drain: .zero) { scene in
            let outcome = try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains(words) == true }
            #expect(scene.outbox.failing(at: .now)?.contains("hush") == false)
            #expect(outcome.now == nil)
        }
        #expect(place.destination.requests.isEmpty)
        #expect(!place.endpoint.requests.isEmpty)
        try await place.close()
    }

    @Test func `a client's secret that has changed in its file ends the hold`() async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "client-\(UUID().uuidString)")
        try Data("old".utf8).write(to: url)
        let place = try await Place.open(tokens: { request in
            let value = BasicAuthentication.value(user: "client", password: "new")
            return request.head.headers["authorization"] == [value]
                ? .status(200, "{\"access_token\":\"t\"}") : .status(401)
        })
        let change: (inout DestinationSettings) -> Void = {
            $0.oauth2?.clientSecret = nil
            $0.oauth2?.clientSecretFile = url.path
        }
        try await place.run(with: change) { scene in
            let outcome = try scene.push("p")
            try await eventually { scene.outbox.failing(at: .now)?.contains("check client_id") == true }
            try Data("new".utf8).write(to: url)
            #expect(try await outcome.value == .delivered)
        }
        #expect(place.shown == [["Bearer t"]])
        try await place.close()
    }

    @Test func `a client's secret that changes while the old one is being refused is asked with at once`() async throws
    {
        try await expectBeforeNextAttempt { try await changeSecretMeanwhile() }
    }

    private func changeSecretMeanwhile() async throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "client-\(UUID().uuidString)")
        try Data("old".utf8).write(to: url)
        let place = try await Place.open(tokens: { request in
            let value = BasicAuthentication.value(user: "client", password: "new")
            if request.head.headers["authorization"] == [value] { return .status(200, "{\"access_token\":\"t\"}") }
            // Longer than it takes until files are looked at again.
            if request.number == 1, (try? Data("new".utf8).write(to: url)) != nil { Thread.sleep(forTimeInterval: 1.5) }
            return .status(401)
        })
        let change: (inout DestinationSettings) -> Void = {
            $0.oauth2?.clientSecret = nil
            $0.oauth2?.clientSecretFile = url.path
        }
        try await place.run(with: change) { try await $0.expect(.delivered, of: "p") }
        #expect(place.shown == [["Bearer t"]])
        try await place.close()
    }

    @Test func `a silent endpoint does not keep the sender from ending`() async throws {
        let place = try await Place.open(tokens: { _ in .silence })
        try await place.run(drain: .zero) { scene in
            try scene.push("p")
            try await eventually { place.endpoint.requests.count == 1 }
        }
        try await place.close()
    }
}
