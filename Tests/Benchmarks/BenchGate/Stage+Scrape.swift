import CDeflate
import Delivery
import Discovery
import Logging
import Relabeling
import Scraping
import Settings
import Telemetry

// A Pushgateway that is read, from its answer to the queue.
extension Stage {
    /// Reads 1,000 series in gzip once a round: decode, parse, labels, compare with the last time, encode, offer.
    func scrape(_ rounds: Int) throws {
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "http://far.test/write")]
        settings.scrape.pushGateways.targets = [ScrapeTargetSettings(address: "pushgateway.test:9091")]
        let metrics = Metrics(build: BuildInfo(version: "1", swiftVersion: "2", revision: "3"), destinations: ["far"])
        let logger = Logger(label: "bench")
        let destination = Destination(
            settings: settings.remoteWrite[0], acknowledgeTimeout: .seconds(5), metrics: metrics.destinations[0],
            logger: logger)
        let outbox = Outbox(
            destinations: [destination], transport: Nowhere(), relabelings: try Relabelings(settings))
        let parts = try ScrapeParts(settings, outbox: CurrentOutbox(outbox), metrics: metrics, logger: logger)
        let answer = FetchAnswer.answered(
            FetchResponse(
                status: 200, contentType: "text/plain; version=0.0.4", contentEncoding: "gzip", body: Self.packed))
        var now = ContinuousClock.now
        let loop = ScrapeLoop(parts, now: now)
        // The first time everything is new.
        for _ in 0...rounds {
            now += .seconds(60)
            while case .fetch(let number, _) = loop.next(now: now) { loop.finished(answer, by: number, now: now) }
        }
        precondition(metrics.scrape.attempts.values["ok"] == rounds + 1, "each is taken")
    }

    /// A Pushgateway's body in gzip.
    private static var packed: [UInt8] {
        let lines = (0..<1_000).map { number in
            """
            # TYPE backup_step_\(number)_seconds gauge
            backup_step_\(number)_seconds{instance="",job="nightly-backup",database="orders-\(number)",region="eu-central-1"} \
            \(number * 7_919 % 1_000).25

            """
        }
        let text = Array(lines.joined().utf8)
        guard let compressor = unsafe libdeflate_alloc_compressor(6) else { return [] }
        defer { unsafe libdeflate_free_compressor(compressor) }
        let limit = unsafe libdeflate_gzip_compress_bound(compressor, text.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: limit) { room, count in
            unsafe text.withUnsafeBytes { text in
                count = unsafe libdeflate_gzip_compress(
                    compressor, text.baseAddress, text.count, room.baseAddress, limit)
            }
        }
    }
}
