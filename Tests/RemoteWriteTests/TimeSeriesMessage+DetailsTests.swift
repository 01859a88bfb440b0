import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW1: exemplars and native histograms (B12)")
struct TimeSeriesMessageDetailsTests {
    private let everything = OutboundProfile(sendsExemplars: true, sendsNativeHistograms: true)

    /// A histogram `h` in its native form, with an exemplar, and a classic count that stands for it.
    private func batch(_ histogram: NativeHistogram, fill: (inout SampleBatch) -> Void = { _ in }) -> SampleBatch {
        var batch = SampleBatch([
            PlainSeries(name: "h", samples: [PlainSample(18.5, nil)]),
            PlainSeries(name: "h_count", samples: [PlainSample(7, nil)]),
            PlainSeries(name: "plain", samples: [PlainSample(1, 5)]),
        ])
        fill(&batch)
        batch.histograms = [histogram]
        batch.exemplarLabels = [LabelRange(name: batch.series[0].name, value: batch.series[2].name)]
        batch.exemplars = [Exemplar(labels: 0..<1, value: 0.5, timestamp: nil)]
        batch.samples[0].details = batch.add(SampleDetails(kind: .native(0), exemplars: 0..<1))
        batch.samples[1].details = batch.add(SampleDetails(kind: .standIn))
        return batch
    }

    private func read(_ batch: SampleBatch, _ profile: OutboundProfile) throws -> (
        Prometheus_WriteRequest, EncodedPush
    ) {
        var push = EncodedPush()
        var encoder = WriteRequestEncoder(profile)
        encoder.encode(batch, grouping: Grouping("j"), receiptTime: 1_700_000_000_000, into: &push)
        #expect(push.bytes.count <= WriteRequestEncoder.largestSize(of: batch, under: Grouping("j")))
        return (try Prometheus_WriteRequest(serializedBytes: push.bytes), push)
    }

    private func names(_ request: Prometheus_WriteRequest) -> [String] {
        request.timeseries.map { $0.labels.first { $0.name == "__name__" }?.value ?? "" }
    }

    private var whole: NativeHistogram {
        var histogram = NativeHistogram()
        histogram.count = .integer(7)
        histogram.sum = 18.5
        histogram.schema = -4
        histogram.zeroThreshold = 0.001
        histogram.zeroCount = .integer(0)
        histogram.negative = .init(spans: 0..<1, values: 0..<1)
        histogram.positive = .init(spans: 1..<3, values: 1..<4)
        histogram.resetHint = .gauge
        return histogram
    }

    @Test func `a histogram of whole counts`() throws {
        let batch = batch(whole) { batch in
            batch.spans = [
                .init(offset: -3, length: 1), .init(offset: 0, length: 2), .init(offset: 2_000_000, length: 1),
            ]
            batch.deltas = [3, 1, -1, 2]
        }
        let (request, push) = try read(batch, everything)
        #expect(names(request) == ["h", "plain"])
        let sent = try #require(request.timeseries.first)
        #expect(sent.samples.isEmpty)
        let histogram = try #require(sent.histograms.first)
        #expect(histogram.count == .countInt(7) && histogram.zeroCount == .zeroCountInt(0))
        #expect(histogram.sum == 18.5 && histogram.schema == -4 && histogram.zeroThreshold == 0.001)
        #expect(histogram.negativeSpans.map(\.offset) == [-3] && histogram.negativeDeltas == [3])
        #expect(histogram.positiveSpans.map(\.offset) == [0, 2_000_000])
        #expect(histogram.positiveSpans.map(\.length) == [2, 1] && histogram.positiveDeltas == [1, -1, 2])
        #expect(histogram.positiveCounts.isEmpty && histogram.resetHint == .gauge)
        #expect(histogram.timestamp == 1_700_000_000_000)
        let exemplar = try #require(sent.exemplars.first)
        #expect(exemplar.labels.map { [$0.name, $0.value] } == [["h", "plain"]])
        #expect(exemplar.value == 0.5 && exemplar.timestamp == 1_700_000_000_000)
        #expect(push.samples == 2 && push.histograms == 1 && push.exemplars == 1 && push.exemplarsLeftOut == 0)
    }

    @Test func `a histogram of fractional counts`() throws {
        var histogram = whole
        histogram.count = .float(7.5)
        histogram.zeroCount = .float(0)
        histogram.negative = .init()
        histogram.positive = .init(spans: 0..<1, values: 0..<2)
        let batch = batch(histogram) { batch in
            batch.spans = [.init(offset: 1, length: 2)]
            batch.counts = [3.25, 4.25]
        }
        let sent = try #require(try read(batch, everything).0.timeseries.first?.histograms.first)
        #expect(sent.count == .countFloat(7.5) && sent.zeroCount == .zeroCountFloat(0))
        #expect(sent.positiveCounts == [3.25, 4.25] && sent.positiveDeltas.isEmpty && sent.negativeSpans.isEmpty)
    }

    @Test func `classic series stand for it where none are taken, and exemplars are counted as left out`() throws {
        let (request, push) = try read(batch(NativeHistogram()), OutboundProfile())
        #expect(names(request) == ["h_count", "plain"])
        #expect(request.timeseries.allSatisfy { $0.histograms.isEmpty && $0.exemplars.isEmpty })
        // Its one exemplar belongs to a sample that is not sent.
        #expect(push.samples == 2 && push.histograms == 0 && push.exemplars == 0 && push.exemplarsLeftOut == 0)
        #expect(
            try read(batch(NativeHistogram()), OutboundProfile(sendsNativeHistograms: true)).1.exemplarsLeftOut == 1)
    }

    @Test(arguments: [true, false]) func `exemplars among runs of series that are alike`(sends: Bool) throws {
        var batch = SampleBatch(
            (0..<50).map { PlainSeries(name: "m\($0)", labels: [PlainLabel("a", "b")], samples: [PlainSample(1, 7)]) })
        for index in stride(from: 0, to: 50, by: 7) {
            batch.exemplars.append(Exemplar(labels: 0..<0, value: Double(index), timestamp: Int64(index)))
            let place = batch.exemplars.count - 1
            batch.samples[index].details = batch.add(
                SampleDetails(exemplars: place..<place + 1, startTimestamp: Int64(index)))
        }
        let (request, push) = try read(batch, OutboundProfile(sendsExemplars: sends))
        #expect(names(request) == (0..<50).map { "m\($0)" })
        for (index, series) in request.timeseries.enumerated() {
            #expect(series.samples.map(\.timestamp) == [7])
            #expect(series.exemplars.map(\.timestamp) == (sends && index % 7 == 0 ? [Int64(index)] : []))
        }
        #expect(push.samples == 50 && push.exemplars == (sends ? 8 : 0) && push.exemplarsLeftOut == (sends ? 0 : 8))
    }

    @Test func `the receiver reads what is written`() throws {
        let (_, push) = try read(batch(NativeHistogram()), everything)
        let received = ReceivedRequest(try WriteRequestReader.read(push.bytes, version: .v1))
        #expect(received.histogramCount == 1 && received.exemplarCount == 1 && received.sampleCount == 1)
    }
}
