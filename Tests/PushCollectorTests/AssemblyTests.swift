import Logging
import ServiceLifecycle
import Settings
import Testing

@testable import PushCollector

@Suite struct AssemblyTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private var settings: Settings {
        var settings = Settings()
        settings.listenAddress = [.tcp(host: "127.0.0.1", port: 0)]
        settings.remoteWrite = [DestinationSettings(url: "http://127.0.0.1:9/")]
        return settings
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
