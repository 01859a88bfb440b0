import RemoteWrite
import Samples
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

    @Test func `it is remembered whether the pusher was waiting and was told`() throws {
        try stage.push(series: ["told"], at: now - 20_000)
        let gone = Acknowledgement { _ in }
        try stage.outbox.offer(
            [.series(["gone"], at: now - 20_000)],
            as: Offer(group: 1, job: "j", receiptTime: now + 1, acknowledgement: gone))
        gone.forget()
        #expect(stage.sendSeries() == nil)
        let losses = stage.outbox.destinations[0].status(at: stage.start).losses
        #expect(losses.map(\.kind) == [.expired, .expired])
        #expect(losses.map(\.isTold) == [false, true], "the last one first")
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

    @Test func `of a push that travels in parts the young samples are stored too`() throws {
        let stage = Stage { settings in
            settings.queue.sampleAgeLimit = .seconds(10)
            settings.queue.maxSamplesPerSend = 1
        }
        for (number, ages) in [[60_000, 0, 60_000], [0, 60_000], [60_000, 60_000]].enumerated() {
            var push = EncodedPush()
            for (index, age) in ages.enumerated() {
                push.bytes += EncodedPush.series(["m\(index)"], at: now - Int64(age)).bytes
            }
            push.samples = ages.count
            (push.earliestTimestamp, push.latestTimestamp) = (now - 60_000, now)
            let offer = Offer(
                group: 1, job: "j", receiptTime: Int64(number) + 1,
                acknowledgement: stage.settlements.acknowledgement(for: "\(number)"))
            try stage.outbox.offer([push], as: offer)
        }
        for name in ["m1", "m0"] {
            #expect(stage.sendSeries() == [name])
            stage.answer(204)
        }
        #expect(stage.sendSeries() == nil)
        #expect(stage.settlements["0"] == [.delivered] && stage.settlements["1"] == [.delivered])
        #expect(stage.settlements["2"] == [.expired(destination: "backend")])
        #expect(stage.metrics.samplesDropped.values["age"] == 5 && stage.metrics.samplesFailed.values["refused"] == 0)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `what a version 2 destination confirms is compared with what is left of a push`() throws {
        let stage = Stage { settings in
            settings.queue.sampleAgeLimit = .seconds(10)
            settings.protobufMessage = .version2
            (settings.sendExemplars, settings.sendNativeHistograms) = (true, true)
        }
        var batch = SampleBatch()
        batch.arena = Array("oldyoung".utf8)
        batch.histograms = [NativeHistogram()]
        batch.exemplars = [Exemplar(labels: 0..<0, value: 1, timestamp: nil)]
        batch.samples = [Sample(value: 0, timestamp: now - 60_000), Sample(value: 1, timestamp: now)]
        batch.samples[0].details = batch.add(SampleDetails(kind: .native(0), exemplars: 0..<1))
        batch.series = [
            Series(name: ByteRange(offset: 0, count: 3), labels: 0..<0, samples: 0..<1),
            Series(name: ByteRange(offset: 3, count: 5), labels: 0..<0, samples: 1..<2),
        ]
        var push = EncodedPush()
        var encoder = WriteRequestEncoder(stage.outbox.profiles[0])
        encoder.encode(batch, grouping: Grouping(job: []), receiptTime: now, into: &push)
        #expect((push.samples, push.histograms, push.exemplars) == (2, 1, 1))
        let offer = Offer(
            group: 1, job: "j", receiptTime: 1, acknowledgement: stage.settlements.acknowledgement(for: "p"))
        try stage.outbox.offer([push], as: offer)
        #expect(stage.sendSeries() == ["young"])
        stage.answer(200, written: Written(samples: 1))
        #expect(stage.settlements["p"] == [.delivered])
        #expect(stage.metrics.partialWrites.value == 0 && stage.metrics.samplesDropped.values["age"] == 1)
        #expect(stage.metrics.histogramsDelivered.value == 0 && stage.metrics.exemplarsDelivered.value == 0)
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}
