import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("Parts of an encoded push")
struct EncodedPartTests {
    private func names(_ bytes: some Sequence<UInt8>) throws -> [String] {
        try Prometheus_WriteRequest(serializedBytes: Array(bytes)).timeseries.map {
            $0.labels.first { $0.name == "__name__" }?.value ?? ""
        }
    }

    private func series(_ count: Int, samples: Int = 1) -> [PlainSeries] {
        (0..<count).map { index in
            PlainSeries(
                name: "m\(index)", labels: [PlainLabel("a", "b")],
                samples: (0..<samples).map { PlainSample(Double(index), Int64(1_000 * index + $0 - 5)) })
        }
    }

    @Test func `have as many samples as are allowed, and together all`() throws {
        let push = encode(series(10, samples: 3))
        let parts = push.parts(samples: 10, bytes: .max).map(\.part)
        #expect(parts.map(\.samples) == [9, 9, 9, 3])
        #expect(parts.map(\.series) == [3, 3, 3, 1])
        #expect(parts.map(\.earliestTimestamp) == [-5, 2_995, 5_995, 8_995])
        #expect(parts.map(\.latestTimestamp) == [1_997, 4_997, 7_997, 8_997])
        #expect(parts.first?.range.lowerBound == 0 && parts.last?.range.upperBound == push.bytes.count)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.range.upperBound == $1.range.lowerBound })
        #expect(try parts.flatMap { try names(push.bytes[$0.range]) } == (0..<10).map { "m\($0)" })
    }

    @Test func `have as many bytes as are allowed, a large series alone more`() throws {
        var all = series(8)
        all[3].labels = [PlainLabel("a", String(repeating: "x", count: 1_000))]
        let push = encode(all)
        let parts = push.parts(samples: .max, bytes: 100).map(\.part)
        #expect(parts.allSatisfy { $0.range.count <= 100 || $0.series == 1 })
        #expect(try parts.flatMap { try names(push.bytes[$0.range]) } == (0..<8).map { "m\($0)" })
        #expect(parts.contains { $0.range.count > 1_000 })
    }

    @Test func `of nothing are none, and of what fits is one`() {
        #expect(EncodedPush().parts(samples: 1, bytes: 1).isEmpty)
        #expect(encode(series(5)).parts(samples: 5, bytes: .max).map(\.part.samples) == [5])
    }

    @Test func `random pushes are the same message in parts`() throws {
        for seed in 0..<60 {
            var random = SplitMix(state: UInt64(seed))
            let push = RandomPush(using: &random)
            let encoded = encode(push.series, under: push.grouping, receiptTime: push.receiptTime)
            let (bytes, limit) = (encoded.bytes, Int.random(in: 1...400, using: &random))
            let parts = encoded.parts(samples: Int.random(in: 1...40, using: &random), bytes: limit).map(\.part)
            var message = Prometheus_WriteRequest()
            for part in parts { try message.merge(serializedBytes: Array(bytes[part.range])) }
            let (whole, expected): ([UInt8], [UInt8]) = try (message.serializedBytes(), push.message.serializedBytes())
            #expect(whole == expected, "seed \(seed)")
            #expect(parts.reduce(0) { $0 + $1.samples } == push.series.reduce(0) { $0 + $1.samples.count })
        }
    }

    @Test func `of version 2 are as large as their series and the symbols of these`() throws {
        for seed in 0..<60 {
            var random = SplitMix(state: UInt64(seed))
            let push = RandomPush(using: &random)
            let encoded = push.encoded(as: OutboundProfile(version: .v2))
            let limit = Int.random(in: 1...2_000, using: &random)
            let parts = encoded.parts(samples: Int.random(in: 1...40, using: &random), bytes: limit).map(\.part)
            let head = EncodedPlace(version: .v2, in: encoded.bytes.span).head
            var series: [ResolvedSeries] = []
            for part in parts {
                var joiner = MessageJoiner()
                joiner.append(EncodedPlace(version: .v2, head: head, series: part.range), of: encoded.bytes.span)
                let message = joiner.finish().bytes
                #expect(message.count <= limit || part.series == 1, "seed \(seed)")
                series += try ResolvedSeries.all(message)
            }
            #expect(series == push.resolved, "seed \(seed)")
            #expect(parts.reduce(0) { $0 + $1.samples } == push.series.reduce(0) { $0 + $1.samples.count })
        }
    }

    @Test func `of version 1 are known while they are encoded, and the same that are cut from the whole`() throws {
        for seed in 0..<120 {
            var random = SplitMix(state: UInt64(seed))
            let push = RandomPush(using: &random)
            var profile = OutboundProfile(sendsExemplars: .random(using: &random))
            let whole = push.encoded(as: profile)
            profile.samplesPerMessage = Int.random(in: 1...30, using: &random)
            let encoded = push.encoded(as: profile)
            #expect(encoded.bytes == whole.bytes, "seed \(seed)")
            #expect(encoded.samples == whole.samples && encoded.exemplars == whole.exemplars, "seed \(seed)")
            #expect(encoded.earliestTimestamp == whole.earliestTimestamp)
            #expect(encoded.latestTimestamp == whole.latestTimestamp)
            for part in encoded.messages {
                let cut = EncodedPart.cut(
                    encoded.bytes.span, EncodedPlace(version: .v1, in: encoded.bytes.span, from: part.range),
                    samples: .max, bytes: .max)
                #expect(cut == [part], "seed \(seed)")
            }
            #expect(encoded.messages.isEmpty || encoded.messages.first?.range.lowerBound == 0)
            #expect(encoded.messages.isEmpty || encoded.messages.last?.range.upperBound == encoded.bytes.count)
        }
    }

    @Test func `of version 2 are encoded as messages of their own where that is wanted`() throws {
        for seed in 0..<60 {
            var random = SplitMix(state: UInt64(seed))
            let push = RandomPush(using: &random)
            var profile = OutboundProfile(version: .v2)
            profile.samplesPerMessage = Int.random(in: 1...30, using: &random)
            let encoded = push.encoded(as: profile)
            let parts = encoded.parts(samples: 30, bytes: 5_000)
            var series: [ResolvedSeries] = []
            for (part, place) in parts {
                let message = place.extract(from: encoded.bytes.span).bytes
                if let whole = place.message { #expect(Array(encoded.bytes[whole]) == message) }
                #expect(part.samples <= 30 || part.series == 1)
                series += try ResolvedSeries.all(message)
            }
            #expect(series == push.resolved, "seed \(seed)")
            #expect(parts.reduce(0) { $0 + $1.part.samples } == encoded.samples)
            #expect(parts.map(\.part.latestTimestamp).max() ?? .min == encoded.latestTimestamp)
            #expect(encoded.messages.reduce(0) { $0 + $1.series } == (encoded.messages.isEmpty ? 0 : series.count))
        }
    }
}
