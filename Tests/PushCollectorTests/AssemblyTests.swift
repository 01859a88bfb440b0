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

@Suite struct AssemblyTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private var settings: Settings {
        var settings = Settings()
        settings.listenAddress = [.tcp(host: "127.0.0.1", port: 0)]
        settings.remoteWrite = [DestinationSettings(url: "http://127.0.0.1:9/")]
        return settings
    }

    @Test func `to the log a service is a word, and never what it holds`() throws {
        var settings = settings
        var token = PushToken()
        token.token = Secret("secret-of-the-door")
        settings.push.pushgateway.tokens = [token]
        settings.scrape.pushGateways.targets = [.init(address: "127.0.0.1:9")]
        let supervision = Supervision(watchdog: .seconds(1))
        let services = try Assembly(settings, logger: logger, under: supervision).services
        #expect(services.map { "\($0)" } == ["watchdog", "sender", "server", "fetcher", "herald"])
    }

    @Test func `it listens, and stops with everything delivered`() async throws {
        let assembly = try Assembly(settings, logger: logger)
        let group = ServiceGroup(services: assembly.services, logger: logger)
        async let run: Void = group.run()
        let addresses = await assembly.addresses
        guard case .tcp("127.0.0.1", let port)? = addresses.first else {
            Issue.record("listens at \(addresses)")
            return
        }
        #expect(port > 0)
        await group.triggerGracefulShutdown()
        try await run
        #expect(assembly.stopped() == .success)
    }

    @Test(arguments: [true, false])
    func `told to end at once it says in the last line which destination lacks how much, and why`(
        isRequired: Bool
    ) async throws {
        let log = LastLine()
        let receiver = RemoteWriteReceiver(host: "127.0.0.1", port: 0, print: { _ in }, logger: logger)
        let receiving = Task { try await receiver.run() }
        var settings = settings
        settings.push.pushgateway.acknowledge = .queued
        settings.push.pushgateway.pushTimeSeconds = false
        settings.remoteWrite.append(
            DestinationSettings(url: "http://127.0.0.1:\(await receiver.boundPort() ?? 0)/write"))
        (settings.remoteWrite[0].name, settings.remoteWrite[1].name) = ("dead", "alive")
        settings.remoteWrite[0].required = isRequired
        let assembly = try Assembly(settings, logger: Logger(label: "test") { _ in log })
        let running = Task { try await ServiceGroup(services: assembly.services, logger: logger).run() }
        let address = try #require(await assembly.addresses.first)
        try await push("a 1\nb 2\n", to: address)
        let delivered = "push_collector_remote_write_samples_total{destination=\"alive\"} 2\n"
        while try await !metrics(of: address).contains(delivered) { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        try await running.value
        #expect(assembly.stopped() == (isRequired ? .undelivered : .success))
        let (message, metadata) = try #require(log.last)
        let others = " to destinations that are not required"
        #expect(message == "stopped with samples undelivered\(isRequired ? "" : others)")
        #expect(metadata["samples"] == (isRequired ? "2" : nil))
        #expect(metadata["destinations"]?.hasPrefix("2 for dead: ") == true)
        #expect(metadata["destinations"]?.contains("alive") == false)
        receiving.cancel()
        try await receiving.value
    }

    private func push(_ body: String, to address: ListenAddress) async throws {
        var request = URLRequest(url: try #require(URL(string: "http://\(address)/metrics/job/j")))
        request.httpMethod = "POST"
        let (_, response) = try await session.upload(for: request, from: Data(body.utf8))
        #expect((response as? HTTPURLResponse)?.statusCode == 202)
    }

    private func metrics(of address: ListenAddress) async throws -> String {
        let (page, _) = try await session.data(from: try #require(URL(string: "http://\(address)/metrics")))
        return String(decoding: page, as: UTF8.self)
    }

    private var session: URLSession {
        let direct = URLSessionConfiguration.ephemeral
        direct.connectionProxyDictionary = [:]
        return URLSession(configuration: direct)
    }

    @Test func `an address that is taken stops it`() async throws {
        let first = try Assembly(settings, logger: logger)
        let group = ServiceGroup(services: first.services, logger: logger)
        async let run: Void = group.run()
        var settings = settings
        settings.listenAddress = await first.addresses
        let second = try Assembly(settings, logger: logger)
        await #expect(throws: (any Error).self) {
            try await ServiceGroup(services: second.services, logger: logger).run()
        }
        #expect(await second.addresses.isEmpty)
        await group.triggerGracefulShutdown()
        try await run
    }
}

/// A logger that remembers its last line.
private final class LastLine: LogHandler {
    private let line = Mutex<(message: String, metadata: [String: String])?>(nil)

    var last: (message: String, metadata: [String: String])? { line.withLock { $0 } }

    var metadata: Logger.Metadata {
        get { [:] }
        set {}
    }
    var logLevel: Logger.Level {
        get { .info }
        set {}
    }
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { nil }
        set {}
    }

    func log(event: LogEvent) {
        line.withLock { $0 = ("\(event.message)", (event.metadata ?? [:]).mapValues { "\($0)" }) }
    }
}
