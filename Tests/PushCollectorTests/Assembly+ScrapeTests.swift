import Logging
import ServiceLifecycle
import Settings
import Testing

@testable import PushCollector

@Suite struct AssemblyScrapeTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func settings(_ change: (inout PushGatewayScrape) -> Void) -> Settings {
        var settings = Settings()
        settings.listenAddress = [.tcp(host: "127.0.0.1", port: 0)]
        settings.remoteWrite = [DestinationSettings(url: "http://127.0.0.1:9/")]
        change(&settings.scrape.pushGateways)
        return settings
    }

    @Test func `what scrapes is there where something is to be scraped, and ends with the others`() async throws {
        #expect(try Assembly(settings { _ in }, logger: logger).services.count == 3)
        let assembly = try Assembly(settings { $0.targets = [.init(address: "127.0.0.1:9")] }, logger: logger)
        #expect(assembly.services.count == 4)
        let group = ServiceGroup(services: assembly.services, logger: logger)
        async let run: Void = group.run()
        _ = await assembly.addresses
        await group.triggerGracefulShutdown()
        try await run
        #expect(assembly.stopped() == .success)
    }

    @Test func `a replica that does not know which one it is does not start`() {
        let settings = settings {
            $0.targets = [.init(address: "h:1")]
            $0.clustering.enabled = true
            // No host's name ends in a number below none.
            $0.clustering.replicas = 0
        }
        let error = #expect(throws: CommandError.self) { try Assembly(settings, logger: logger) }
        #expect("\(error.map { "\($0)" } ?? "")".contains("does not end in a number below replicas, 0; give index"))
    }

    @Test func `connections to Pushgateways have descriptors of their own`() {
        #expect(Assembly.scrapeDescriptors(settings { _ in }) == 0)
        #expect(Assembly.scrapeDescriptors(settings { $0.kubernetes.enabled = true }) == 512)
    }
}
