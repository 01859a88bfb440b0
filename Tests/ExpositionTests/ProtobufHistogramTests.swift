import Exposition
import Fixtures
import Testing

@Suite("Histograms and summaries in protobuf (B11, B12)")
struct ProtobufHistogramTests {
    private func histogram(
        type: UInt64 = 4, _ labels: [(String, String)] = [], _ write: (inout ProtobufWriter) -> Void
    ) -> ProtobufReading {
        ProtobufReading { $0.family("h", type: type) { $0.metric(labels) { $0.message(7, write) } } }
    }

    @Test func `an empty histogram has a count, a sum and a bucket`() {
        #expect(histogram { _ in }.samples == ["h_count{} 0.0", "h_sum{} 0.0", "h_bucket{le=+Inf} 0.0"])
        #expect(histogram(type: 5) { _ in }.families == ["h gaugeHistogram"])
    }

    @Test func `a summary has a count, a sum and its quantiles`() {
        let reading = ProtobufReading { body in
            body.family("s", type: 2) {
                $0.metric([("a", "b")]) {
                    $0.message(4) {
                        $0.message(3) {
                            $0.double(2, 0.25)
                            $0.double(1, 0.5)
                        }
                        $0.double(2, 9.5)
                        $0.varint(1, 3)
                        $0.message(3) { $0.double(1, 0.99) }
                        $0.message(4) { $0.varint(1, 2) }
                    }
                    $0.varint(6, 77)
                }
                $0.metric { $0.message(4) { _ in } }
            }
        }
        #expect(
            reading.samples == [
                "s_count{a=b} 3.0 @77 since 2000", "s_sum{a=b} 9.5 @77 since 2000",
                "s{a=b,quantile=0.5} 0.25 @77 since 2000", "s{a=b,quantile=0.99} 0.0 @77 since 2000",
                "s_count{} 0.0", "s_sum{} 0.0",
            ])
    }

    @Test func `a histogram may come in pieces and in any order`() {
        let reading = ProtobufReading { body in
            body.family("h", type: 4) {
                $0.message(4) {
                    $0.message(7) {
                        $0.message(3) {
                            $0.double(2, 1)
                            $0.varint(1, 4)
                        }
                        $0.varint(1, 1)
                    }
                    $0.varint(6, 5)
                    $0.label("z", "1")
                    $0.message(7) {
                        $0.message(3) {
                            $0.varint(1, 6)
                            $0.double(2, 1e6)
                        }
                        $0.varint(1, 7)
                        $0.double(2, 8)
                    }
                    $0.label("a", "2")
                }
            }
        }
        #expect(
            reading.samples == [
                "h_count{z=1,a=2} 7.0 @5", "h_sum{z=1,a=2} 8.0 @5", "h_bucket{z=1,a=2,le=1.0} 4.0 @5",
                "h_bucket{z=1,a=2,le=1e+06} 6.0 @5", "h_bucket{z=1,a=2,le=+Inf} 7.0 @5",
            ])
    }

    @Test func `counts in floating point go before where they are more than zero`() {
        let reading = histogram {
            $0.varint(1, 3)
            $0.double(4, 3.5)
            $0.message(3) {
                $0.varint(1, 1)
                $0.double(4, 1.5)
                $0.double(2, 0.5)
            }
            $0.message(3) {
                $0.varint(1, 2)
                $0.double(4, -1)
                $0.double(2, 1)
            }
        }
        #expect(
            reading.samples == [
                "h_count{} 3.5", "h_sum{} 0.0", "h_bucket{le=0.5} 1.5", "h_bucket{le=1.0} 2.0",
                "h_bucket{le=+Inf} 3.5",
            ])
    }

    @Test func `a bucket without a limit is not made where it is there`() {
        let reading = histogram {
            $0.varint(1, 9)
            for bound in [Double.infinity, 2, -.infinity, .nan] { $0.message(3) { $0.double(2, bound) } }
        }
        #expect(
            reading.samples.suffix(4) == [
                "h_bucket{le=+Inf} 0.0", "h_bucket{le=2.0} 0.0", "h_bucket{le=-Inf} 0.0", "h_bucket{le=NaN} 0.0",
            ])
    }

    @Test func `start times are those of all samples, exemplars those of their bucket`() {
        let reading = histogram {
            $0.message(15) { $0.varint(1, 1_520_430_000) }
            for bound in [1, 2, 3] as [Double] {
                $0.message(3) {
                    $0.double(2, bound)
                    if bound != 2 {
                        $0.message(3) {
                            $0.label("t", "x")
                            $0.double(2, bound)
                        }
                    }
                }
            }
        }
        let since = "since 1520430000000"
        #expect(
            reading.samples == [
                "h_count{} 0.0 \(since)", "h_sum{} 0.0 \(since)", "h_bucket{le=1.0} 0.0 \(since) #{t=x} 1.0",
                "h_bucket{le=2.0} 0.0 \(since)", "h_bucket{le=3.0} 0.0 \(since) #{t=x} 3.0",
                "h_bucket{le=+Inf} 0.0 \(since)",
            ])
    }

    @Test func `one message forgets the one before`() {
        let reading = ProtobufReading { body in
            body.family("h", type: 4) {
                $0.metric {
                    $0.message(7) {
                        $0.varint(1, 1)
                        $0.message(12) { $0.varint(2, 1) }
                        $0.zigZag(13, 1)
                        $0.message(15) { $0.varint(1, 1) }
                        $0.message(16) { $0.message(3) { _ in } }
                    }
                }
                $0.metric([("a", "b")]) { $0.message(7) { _ in } }
                $0.metric { $0.message(7) { $0.message(9) { _ in } } }
            }
        }
        #expect(
            reading.samples.filter { !$0.contains("standIn") } == [
                "h{} 0.0 native(1 schema 0 zero 0@0.0 -[]= +[0:1]=1 unknown) since 1000 #{} 0.0 @0",
                "h_count{a=b} 0.0", "h_sum{a=b} 0.0", "h_bucket{a=b,le=+Inf} 0.0",
                "h{} 0.0 native(0 schema 0 zero 0@0.0 -[]= +[]= unknown)",
            ])
    }

    static let wrong: [(UInt64, UInt64, String)] = [
        (7, 1, "field 1 of Histogram"), (7, 5, "field 5 of Histogram"), (7, 13, "field 13 of Histogram"),
        (7, 16, "field 16 of Histogram"), (4, 1, "field 1 of Summary"), (4, 3, "field 3 of Summary"),
    ]

    @Test(arguments: wrong) func `a field with another wire type is refused`(value: UInt64, field: UInt64, name: String)
    {
        let reading = ProtobufReading { body in
            body.family("f", type: value == 7 ? 4 : 2) {
                $0.metric {
                    $0.message(value) {
                        $0.raw(
                            [
                                UInt8(truncatingIfNeeded: field * 8 + 5) | (field == 16 ? 0x80 : 0)
                            ] + (field == 16 ? [1] : []) + [0, 0, 0, 0])
                    }
                }
            }
        }
        #expect(reading.refusal == "message 1 (metric family \"f\"): wrong wire type of \(name)")
    }
}
