import EmbeddedReceiver
import Foundation
import Logging
import ServiceLifecycle
import Settings
import Synchronization
import Testing

@testable import PushCollector

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct DevelopmentTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    @Test func `what is pushed arrives at the receiver, before the answer`() async throws {
        let printed = Mutex<[String]>([])
        let receiver = RemoteWriteReceiver(
            host: "127.0.0.1", port: 0, print: { line in printed.withLock { $0.append(line) } }, logger: logger)
        var settings = Settings()
        settings.listenAddress = [.tcp(host: "127.0.0.1", port: 0)]
        let (ready, told) = AsyncStream.makeStream(of: ListenAddress.self)
        let development = Development(Configuration(settings), receiver: receiver, logger: logger) { told.yield($0) }
        let group = ServiceGroup(services: [receiver, development], logger: logger)
        async let run: Void = group.run()
        let address = try #require(await ready.first { _ in true })
        var request = URLRequest(
            url: try #require(URL(string: "http://\(address)/pushgateway/metrics/job/some_job")))
        request.httpMethod = "POST"
        request.setValue("wait=60", forHTTPHeaderField: "Prefer")
        let direct = URLSessionConfiguration.ephemeral
        direct.connectionProxyDictionary = [:]
        let (_, response) = try await URLSession(configuration: direct).upload(
            for: request, from: Data("some_metric 42\n".utf8))
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        #expect(printed.withLock { $0.contains { $0.contains("some_metric{job=\"some_job\"} 42 ") } })
        await group.triggerGracefulShutdown()
        try await run
        #expect(development.status == .success)
    }

    @Test func `an address that cannot be listened at ends it`() async throws {
        let receiver = RemoteWriteReceiver(host: "127.0.0.1", port: 0, print: { _ in }, logger: logger)
        var settings = Settings()
        settings.listenAddress = [.unix(path: "/nowhere/socket")]
        let development = Development(Configuration(settings), receiver: receiver, logger: logger) { _ in }
        await #expect(throws: (any Error).self) {
            try await ServiceGroup(services: [receiver, development], logger: logger).run()
        }
        #expect(development.status == .failure)
    }
}
