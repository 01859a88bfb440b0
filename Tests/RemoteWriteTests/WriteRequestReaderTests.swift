import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

@Suite("Requests as they are read")
struct WriteRequestReaderTests {
    @Test(arguments: [
        (GoldenVectors.sample, "m{a=\"b\"} 1.5 1700000000000\n"),
        (GoldenVectors.stale, "m StaleNaN 1700000000000\n"),
        (GoldenVectors.zero, "m 0 0\n"),
        (GoldenVectors.negativeTime, "m 1 -1\n"),
        (GoldenVectors.metadata, "# TYPE m counter\n# HELP m h\n# UNIT m s\n"),
    ])
    func `what Prometheus writes in version 1 is read`(hex: String, lines: String) throws {
        let request = try WriteRequestReader.request([UInt8](hex: hex), version: .v1)
        #expect(request.expositionLines() == lines)
    }

    @Test(arguments: [
        (
            GoldenVectors.full,
            """
            # TYPE m counter
            # HELP m h
            m{a="b"} 1.5 1700000000000 st@1699999999000 # {trace_id="x"} 0.5 1700000000000

            """
        ),
        (
            GoldenVectors.nativeHistogram,
            """
            # TYPE h histogram
            h {count:7,sum:18.4,schema:1,zero_threshold:0.001,zero_count:2,positive_spans:[0:2,1:2],\
            positive_buckets:[1,2,1,1]} 1700000000000 st@1699999999000

            """
        ),
        (
            GoldenVectors.customBuckets,
            """
            # TYPE h histogram
            h {count:3,sum:4.5,schema:-53,custom_values:[0.5,1],positive_spans:[0:3],\
            positive_buckets:[1,1,1]} 1700000000000

            """
        ),
    ])
    func `what Prometheus writes in version 2 is read`(hex: String, lines: String) throws {
        let request = try WriteRequestReader.request([UInt8](hex: hex), version: .v2)
        #expect(request.expositionLines() == lines)
    }

    @Test(arguments: 0..<100)
    func `the encoder's messages are read as SwiftProtobuf reads them`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let push = RandomPush(using: &random)
        let bytes = encode(push.series, under: push.grouping, receiptTime: push.receiptTime).bytes
        let read = try WriteRequestReader.read(bytes, version: .v1)
        let decoded = try Prometheus_WriteRequest(serializedBytes: bytes)
        #expect(read.count == decoded.timeseries.count)
        for (read, decoded) in zip(read, decoded.timeseries) {
            #expect(read.labels == decoded.labels.map { ReceivedLabel(name: $0.name, value: $0.value) })
            #expect(read.samples.map(\.timestamp) == decoded.samples.map(\.timestamp))
            #expect(read.samples.map(\.value.bitPattern) == decoded.samples.map(\.value.bitPattern))
        }
    }

    @Test func `exemplars, histograms and metadata of version 1 are read`() throws {
        let message = Prometheus_WriteRequest.with {
            $0.timeseries = [
                .with {
                    $0.labels = [label("__name__", "h")]
                    $0.exemplars = [
                        .with {
                            $0.labels = [label("trace_id", "x")]
                            $0.value = 2
                            $0.timestamp = 3
                        }
                    ]
                    $0.histograms = [
                        .with {
                            $0.countFloat = 4.5
                            $0.sum = 5
                            $0.zeroCountFloat = 0.5
                            $0.negativeSpans = [
                                .with {
                                    $0.offset = -2
                                    $0.length = 2
                                }
                            ]
                            $0.negativeCounts = [1, 3]
                            $0.resetHint = .gauge
                            $0.timestamp = 6
                        }
                    ]
                }
            ]
        }
        let request = try WriteRequestReader.request(message.serializedBytes(), version: .v1)
        #expect(
            request.expositionLines() == """
                h {count:4.5,sum:5,schema:0,zero_threshold:0,zero_count:0.5,negative_spans:[-2:2],\
                negative_buckets:[1,3],reset_hint:gauge} 6 # {trace_id="x"} 2 3

                """)
        #expect(request.sampleCount == 0)
        #expect(request.histogramCount == 1)
        #expect(request.exemplarCount == 1)
    }

    @Test func `unknown fields are skipped wherever they stand`() throws {
        // Field 15 as a varint, a fixed64, bytes and a fixed32, in the request, in a series and in a sample.
        let unknown = "7801" + "790000000000000000" + "7a0161" + "7d00000000"
        let sample = unknown + "09000000000000f83f" + "1007"
        let name = "0a0d0a085f5f6e616d655f5f12016d"
        let series = name + unknown + "12" + String(sample.count / 2, radix: 16) + sample
        let hex = unknown + "0a" + String(series.count / 2, radix: 16) + series + unknown
        let request = try WriteRequestReader.request([UInt8](hex: hex), version: .v1)
        #expect(request.expositionLines() == "m 1.5 7\n")
    }

    @Test func `an empty version 1 request has no series`() throws {
        #expect(try WriteRequestReader.read([], version: .v1).isEmpty)
    }

    @Test func `every cut through a message is refused or leaves whole series`() throws {
        let bytes = encode([
            PlainSeries(name: "m", labels: [PlainLabel("a", "b")], samples: [PlainSample(1.5, 1_700_000_000_000)]),
            PlainSeries(name: "n", samples: [PlainSample(2, 3), PlainSample(3, 4)]),
        ]).bytes
        let boundary = encode([
            PlainSeries(name: "m", labels: [PlainLabel("a", "b")], samples: [PlainSample(1.5, 1_700_000_000_000)])
        ]).bytes.count
        for end in 0..<bytes.count {
            if end == 0 || end == boundary {
                #expect(try WriteRequestReader.read(Array(bytes[..<end]), version: .v1).count == (end == 0 ? 0 : 1))
            } else {
                #expect(throws: ReadError.self) { try WriteRequestReader.read(Array(bytes[..<end]), version: .v1) }
            }
        }
    }

    @Test(arguments: [RemoteWriteVersion.v1, .v2])
    func `no bytes trap`(version: RemoteWriteVersion) {
        var random = SplitMix(state: UInt64(7))
        let seeds = [
            GoldenVectors.sample, GoldenVectors.metadata, GoldenVectors.full, GoldenVectors.nativeHistogram,
            GoldenVectors.customBuckets,
        ].map { [UInt8](hex: $0) }
        var refused = 0
        for _ in 0..<5000 {
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do {
                _ = try WriteRequestReader.request(bytes, version: version).expositionLines(upTo: 1 << 16)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    private func label(_ name: String, _ value: String) -> Prometheus_Label {
        .with {
            $0.name = name
            $0.value = value
        }
    }
}
