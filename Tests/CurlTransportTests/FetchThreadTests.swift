import Discovery
import Foundation
import NIOHTTP1
import ServiceLifecycle
import Settings
import Synchronization
import Testing

@testable import CurlTransport

@Suite struct FetchThreadTests {
    /// Makes requests at once, and notes what is told.
    private final class Script: FetchPlan {
        private var orders: [FetchOrder]
        private var open = 0
        var answers: [Int: FetchAnswer] = [:]
        var streamed: [UInt8] = []
        private let thread: FetchThread
        /// What to do once a stream has brought this.
        var cancelAfter: String?

        init(_ requests: [FetchRequest], on thread: FetchThread) {
            orders = zip(0..., requests).map { .fetch($0, $1) }.reversed()
            open = requests.count
            self.thread = thread
        }

        func next(now: ContinuousClock.Instant) -> FetchOrder { orders.popLast() ?? .wait(until: now + .seconds(60)) }

        func received(_ bytes: [UInt8], by id: Int, now: ContinuousClock.Instant) {
            streamed += bytes
            guard let cancelAfter, String(decoding: streamed, as: UTF8.self) == cancelAfter else { return }
            orders.append(.cancel(id))
            thread.stop()
        }

        func finished(_ answer: FetchAnswer, by id: Int, now: ContinuousClock.Instant) {
            answers[id] = answer
            open -= 1
            if open == 0 { thread.stop() }
        }
    }

    private func request(_ port: Int, _ path: String = "/metrics", timeout: Duration = .seconds(300)) -> FetchRequest {
        FetchRequest(url: "http://127.0.0.1:\(port)\(path)", client: 0, timeout: timeout, bodyLimit: 1 << 20)
    }

    private func fetch(_ requests: [FetchRequest], as client: ScrapeClient = ScrapeClient(), budget: Int = 64 << 20)
        throws -> [Int: FetchAnswer]
    {
        let thread = FetchThread(version: "1", connections: 4, bodyBudget: budget)
        let script = Script(requests, on: thread)
        try thread.run(script, as: [FetchClient(client)])
        return script.answers
    }

    @Test func `an answer comes with its headers and body, and the request has ours and the user's`() async throws {
        let far = try await FakeDestination.start { _ in
            .status(200, "a 1\n", headers: ["Content-Type: text/plain", "content-encoding: identity"])
        }
        var client = ScrapeClient()
        client.headers = [Header("Accept", Secret("text/plain"))]
        client.basicAuth = BasicAuth()
        client.basicAuth?.username = "u"
        client.basicAuth?.password = Secret("p")
        var own = request(far.port)
        own.lines = ["Accept: application/json", "Accept-Encoding: gzip"]
        let answers = try fetch([own], as: client)
        let expected = FetchResponse(
            status: 200, contentType: "text/plain", contentEncoding: "identity", body: Array("a 1\n".utf8))
        #expect(answers == [0: .answered(expected)])
        let head = try #require(far.requests.first?.head)
        #expect(head.method == .GET && head.uri == "/metrics")
        #expect(head.headers["Accept"] == ["text/plain"] && head.headers["Accept-Encoding"] == ["gzip"])
        #expect(head.headers["User-Agent"] == ["push-collector/1"])
        #expect(head.headers["Authorization"] == ["Basic dTpw"])
        try await far.stop()
    }

    @Test func `half an answer is none, nor is a large one, a late one, or a closed door`() async throws {
        let far = try await FakeDestination.start { request in
            switch request.head.uri {
            case "/half": .bytesAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na 1\n")
            case "/large": .status(200, String(repeating: "x", count: 2 << 20))
            case "/late": .silence
            default: .close
            }
        }
        let answers = try fetch([
            request(far.port, "/half"), request(far.port, "/large"),
            request(far.port, "/late", timeout: .milliseconds(200)), request(far.port, "/close"),
        ])
        let failures: [Int: FetchFailure] = answers.compactMapValues {
            if case .failed(let failure, _) = $0 { failure } else { nil }
        }
        #expect(failures == [0: .unreachable, 1: .bodySize, 2: .timeout, 3: .unreachable])
        try await far.stop()
    }

    @Test func `all bodies together are bounded`() async throws {
        let far = try await FakeDestination.start { _ in .status(200, String(repeating: "x", count: 1 << 20)) }
        let answers = try fetch([request(far.port)], budget: 100_000)
        #expect(
            answers == [
                0: .failed(.bodySize, "the answer of 127.0.0.1:\(far.port) is larger than there is room for")
            ])
        try await far.stop()
    }

    @Test func `what is lent is given back`() {
        let budget = FetchBudget(limit: 10)
        do { _ = FetchBody(limit: 5, within: budget) }
        #expect(budget.held == 0)
    }

    @Test func `a status that is no success is an answer, and connections are kept`() async throws {
        let far = try await FakeDestination.start { _ in .status(500, "no") }
        let answers = try fetch([request(far.port)])
        #expect(answers == [0: .answered(FetchResponse(status: 500, body: Array("no".utf8)))])
        try await far.stop()
    }

    @Test func `a stream is told as it comes, and can be given up`() async throws {
        let far = try await FakeDestination.start { _ in
            .bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n4\r\ntwo\n\r\n")
        }
        let thread = FetchThread(version: "1", connections: 4, bodyBudget: 1 << 20)
        var watch = request(far.port)
        watch.isStream = true
        let script = Script([watch], on: thread)
        script.cancelAfter = "one\ntwo\n"
        try thread.run(script, as: [FetchClient(ScrapeClient())])
        #expect(String(decoding: script.streamed, as: UTF8.self) == "one\ntwo\n")
        #expect(script.answers == [:])
        try await far.stop()
    }

    @Test func `a server that refuses and repeats what it was shown tells nobody of it`() async throws {
        let far = try await FakeDestination.start { request in
            .status(403, request.head.headers.map { "\($0.name): \($0.value)" }.joined(separator: " "))
        }
        var client = ScrapeClient()
        client.authorization = Authorization()
        client.authorization?.credentials = Secret("hidden-token")
        client.headers = [Header("X-Key", Secret("hidden-key"))]
        let answers = try fetch([request(far.port)], as: client)
        guard case .answered(let response) = answers[0] else { return #expect(Bool(false), "\(answers)") }
        let body = String(decoding: response.body, as: UTF8.self)
        #expect(body.contains("<secret>") && !body.contains("hidden"), "\(body)")
        try await far.stop()
    }

    @Test func `credentials that cannot be used are told, and nothing is sent`() throws {
        var client = ScrapeClient()
        client.authorization = Authorization()
        client.authorization?.credentialsFile = "/nowhere/token"
        let answers = try fetch([request(9)], as: client)
        guard case .failed(.credentials, let reason) = answers[0] else { return #expect(Bool(false)) }
        #expect(reason.hasPrefix("/nowhere/token cannot be used"))
    }

    @Test func `a client whose file changes is read again, and one that cannot be read is told`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "client-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        struct Flaw: Error, CustomStringConvertible { let description = "it is wrong" }
        var client = FetchClient(ScrapeClient())
        client.source = .init(file: file.path) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            guard text != "wrong" else { throw Flaw() }
            var client = ScrapeClient()
            client.headers = [Header("X-Client", Secret(text))]
            return client
        }
        var access = FetchAccess(client, userAgent: "t", now: .now)
        #expect(try access.lines([], now: .now) == [], "what it was at the start, until the file is there")
        for (second, text) in [(2, "one"), (4, "two")] {
            try Data(text.utf8).write(to: file)
            #expect(try access.lines([], now: .now + .seconds(second)) == ["X-Client: \(text)"])
        }
        try Data("wrong".utf8).write(to: file)
        #expect(throws: Withheld("it is wrong")) { try access.lines([], now: .now + .seconds(6)) }
        try Data("three".utf8).write(to: file)
        #expect(try access.lines([], now: .now + .seconds(8)) == ["X-Client: three"])
    }

    @Test func `as a service it ends when it is told to`() async throws {
        let thread = FetchThread(version: "1", connections: 4, bodyBudget: 1 << 20)
        let fetcher = Fetcher(thread: thread, clients: []) { Script([], on: thread) }
        let running = Task { try await fetcher.run() }
        try await Task.sleep(for: .milliseconds(20))
        running.cancel()
        try await running.value
    }
}
