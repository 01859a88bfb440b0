import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("RW2: several messages as one")
struct MessageJoinerTests {
    @Test(arguments: 0..<40)
    func `random pushes are one message, each text once and none too many`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        var joiner = MessageJoiner()
        var (series, ends): ([ResolvedSeries], [Int]) = ([], [])
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let push = RandomPush(using: &random)
            let bytes = push.encoded(as: OutboundProfile(version: .v2)).bytes
            joiner.append(EncodedPlace(version: .v2, in: bytes.span), of: bytes.span)
            series += push.resolved
            ends.append(series.count)
        }
        let joined = joiner.finish()
        #expect(try ResolvedSeries.all(joined.bytes) == series)
        let symbols = try Io_Prometheus_Write_V2_Request(serializedBytes: joined.bytes).symbols
        #expect(Set(symbols.map { Array($0.utf8) }) == ResolvedSeries.texts(series))
        #expect(EncodedPlace(version: .v2, in: joined.bytes.span).head == joined.head)
        for (index, end) in joined.ends.enumerated() {
            let part = try ResolvedSeries.all(Array(joined.bytes[..<end]))
            #expect(part == Array(series[..<ends[index]]))
        }
    }

    @Test(arguments: [GoldenVectors.full, GoldenVectors.nativeHistogram, GoldenVectors.customBuckets])
    func `every field stays, and a message alone is read as it was`(golden: String) throws {
        let bytes = [UInt8](hex: golden)
        let place = EncodedPlace(version: .v2, in: bytes.span)
        var joiner = MessageJoiner()
        for _ in 0..<2 { joiner.append(place, of: bytes.span) }
        let joined = joiner.finish().bytes
        let (before, after) = (try ResolvedSeries.all(bytes), try ResolvedSeries.all(joined))
        #expect(before.count == 1 && after == before + before)
    }

    @Test func `of some of the series, the symbols of the others are gone`() throws {
        let push = encode(
            (0..<3).map { PlainSeries(name: "m\($0)", samples: [PlainSample(1, 1)]) },
            profile: OutboundProfile(version: .v2))
        let parts = push.parts(samples: 1, bytes: .max)
        let head = EncodedPlace(version: .v2, in: push.bytes.span).head
        var joiner = MessageJoiner()
        joiner.append(EncodedPlace(version: .v2, head: head, series: parts[1].part.range), of: push.bytes.span)
        let message = try Io_Prometheus_Write_V2_Request(serializedBytes: joiner.finish().bytes)
        #expect(message.symbols == ["", "__name__", "m1"])
        #expect(message.timeseries.map(\.labelsRefs) == [[1, 2]])
    }
}
