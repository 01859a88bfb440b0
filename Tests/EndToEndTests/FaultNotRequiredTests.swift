import Foundation
import Testing

extension FaultsUnderLoad {
    @Suite("A destination with required: false")
    struct NotRequiredTests {
        @Test func `dead throughout, it changes no answer and keeps nobody waiting`() async throws {
            let destination = try FaultyDestination()
            let dead = try FaultyDestination { _ in .failed(.close) }
            let collector = try await Collector(
                on: try Stage(),
                configuration: FaultScene.configuration(
                    url: destination.url, push: "acknowledge_timeout: 60s",
                    rest: """
                          - name: spare
                            url: \(dead.url)
                            required: false
                            queue_config: {max_queue_size: 64KiB}
                        shutdown: {timeout: 1s}
                        """))
            let load = FaultLoad(.init(pushers: 16, pushes: 2_000), to: collector.port, checking: destination)
            let watches = [FaultScene.name, "spare"].map {
                // Answers speak of the required destination alone.
                FaultWatch(port: collector.port, of: $0, during: $0 == "spare" ? nil : load, every: .milliseconds(100))
            }
            let ledger = try await load.ended()
            #expect(ledger.counts == [200: 2_000])
            #expect(ledger.lies(about: destination.record) == [])
            #expect(destination.record.disordered == [])
            for watch in watches { #expect(try await watch.stop().flaws == []) }
            var client = FaultClient(port: collector.port)
            let scrape = try #require(FaultScrape(&client))
            #expect(scrape.flaw(of: FaultScene.name) == nil)
            #expect(scrape.flaw(of: "spare") == nil)
            #expect(scrape.sum("samples_dropped_total", "destination=\"spare\",reason=\"not_required_full\"") > 0)
            #expect(scrape.sum("remote_write_samples_in_total", "spare") < 2_000)
            #expect(scrape.sum("remote_write_samples_total", "spare") == 0)
            _ = try await collector.terminate()
        }
    }
}
