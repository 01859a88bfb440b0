import RemoteWrite
import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("sample_age_limit")
struct WireAgeTests {
    /// The wall clock of the stage stands at 1_787_313_601_000.
    private let now: Int64 = 1_787_313_601_000
    private let stage = Stage { $0.queue.sampleAgeLimit = .seconds(10) }

    @Test func `what is older is dropped, counted and not stored`() throws {
        try stage.push(series: ["old"], at: now - 10_001)
        try stage.push(series: ["young"], group: 2, at: now - 10_000)
        #expect(stage.sendSeries() == ["young"])
        stage.answer(204)
        #expect(stage.settlements["old"] == [.expired(destination: "backend")])
        #expect(stage.settlements["young"] == [.delivered])
        #expect(stage.metrics.samplesDropped.values["age"] == 1)
        #expect(stage.log.lines.contains { $0.hasPrefix("warning samples too old") && $0.contains("job=job-old") })
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `where all is too old nothing is sent`() throws {
        try stage.push(series: ["old"], at: now - 20_000)
        #expect(stage.sendSeries() == nil)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `of a push with both the young samples are stored`() throws {
        var mixed = EncodedPush.series(["young"], at: now)
        let old = EncodedPush.series(["old"], at: now - 60_000)
        mixed.bytes += old.bytes
        mixed.samples = 2
        mixed.earliestTimestamp = now - 60_000
        let offer = Offer(
            group: 1, job: "j", receiptTime: 1, acknowledgement: stage.settlements.acknowledgement(for: "mixed"))
        try stage.outbox.offer([mixed], as: offer)
        try stage.push(series: ["next"], at: now)
        #expect(stage.sendSeries() == ["young", "next"])
        stage.answer(204)
        #expect(stage.settlements["mixed"] == [.delivered])
        #expect(stage.metrics.samplesDropped.values["age"] == 1)
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}
