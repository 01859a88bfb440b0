import Exposition
import Fixtures
import Testing

@Suite("Native histograms in protobuf (B12)")
struct ProtobufNativeTests {
    /// The native part of what a histogram becomes, or its refusal behind the family.
    private func native(type: UInt64 = 4, _ write: (inout ProtobufWriter) -> Void) -> String {
        let reading = ProtobufReading { $0.family("h", type: type) { $0.metric { $0.message(7, write) } } }
        let beginning = "message 1 (metric family \"h\"): native histogram: "
        if let refusal = reading.refusal { return refusal.replacing(beginning, with: "") }
        return reading.samples.first { $0.contains("native") }?.replacing("h{} ", with: "") ?? "classic"
    }

    @Test func `a native histogram stands beside its classic series`() {
        let reading = ProtobufReading { body in
            body.family("h", type: 4) {
                $0.metric([("a", "b")]) {
                    $0.varint(6, 9)
                    $0.message(7) {
                        $0.varint(1, 4)
                        $0.double(2, 2.5)
                        $0.double(6, 0.001)
                        $0.varint(7, 1)
                        $0.message(3) {
                            $0.varint(1, 2)
                            $0.double(2, 0.5)
                        }
                        $0.message(9) {
                            $0.zigZag(1, -3)
                            $0.varint(2, 1)
                        }
                        $0.zigZag(10, 3)
                        $0.zigZag(5, -2)
                    }
                }
            }
        }
        #expect(
            reading.samples == [
                "h{a=b} 2.5 @9 native(4 schema -2 zero 1@0.001 -[-3:1]=3 +[]= unknown)", "h_count{a=b} 4.0 @9 standIn",
                "h_sum{a=b} 2.5 @9 standIn", "h_bucket{a=b,le=0.5} 2.0 @9 standIn",
                "h_bucket{a=b,le=+Inf} 4.0 @9 standIn",
            ])
    }

    @Test func `what makes a histogram native is a span, a zero bucket with a width, or observations in it`() {
        #expect(native { $0.message(12) { _ in } }.hasPrefix("0.0 native("))
        #expect(native { $0.message(9) { _ in } }.hasPrefix("0.0 native("))
        #expect(native { $0.double(6, 1e-9) } == "0.0 native(0 schema 0 zero 0@1e-09 -[]= +[]= unknown)")
        #expect(
            native { for (field, value) in [(1, 2), (7, 2)] { $0.varint(UInt64(field), UInt64(value)) } }.contains(
                "zero 2"))
        #expect(native { $0.zigZag(5, 3) } == "classic")
        #expect(native { $0.double(6, 0) } == "classic")
        #expect(native { $0.double(6, .nan) } == "classic")
        #expect(native { $0.varint(7, 0) } == "classic")
        #expect(native { $0.double(8, 3) } == "classic")
        #expect(native { $0.message(16) { _ in } } == "classic")
    }

    @Test func `counts in floating point make a histogram of them`() {
        let text = native(type: 5) {
            $0.double(4, 7.5)
            $0.double(2, -1)
            $0.double(8, 2)
            $0.varint(7, 99)
            $0.message(12) { $0.varint(2, 2) }
            $0.double(14, 1.5)
            $0.tag(14, 2)
            $0.varint(8)
            $0.double(4)
            $0.message(9) { $0.varint(2, 1) }
            $0.double(11, 0.25)
        }
        #expect(text == "-1.0 native(7.5 schema 0 zero 2.0@0.0 -[0:1]=0.25 +[0:2]=1.5,4.0 gauge)")
        #expect(native { for field in [8, 6] { $0.double(UInt64(field), 3) } }.contains("(0.0 schema 0 zero 3.0@3.0"))
    }

    static let schemas: [(Int64, Bool)] = [
        (-4, true), (0, true), (8, true), (-5, false), (9, false), (-53, false), (52, false), (-2_147_483_648, false),
    ]

    @Test(arguments: schemas) func `a resolution is one that receivers know`(schema: Int64, isKnown: Bool) {
        let text = native {
            $0.zigZag(5, schema)
            $0.double(6, 1)
        }
        #expect(text.contains("native(") == isKnown)
        if !isKnown { #expect(text == "unknown schema \(schema), which must be between -4 and 8") }
    }

    static let sums: [(Double, UInt64, Bool)] = [
        (1, 5, true), (1, 4, false), (1, 6, false), (.nan, 5, true), (.nan, 6, true), (.nan, 4, false),
        (.infinity, 6, false), (Double(bitPattern: 0x7ff0_0000_0000_0002), 6, true),
    ]

    @Test(arguments: sums) func `the count is that of the buckets, or more where NaN was observed`(
        sum: Double, count: UInt64, isRight: Bool
    ) {
        let text = native {
            $0.varint(1, count)
            $0.double(2, sum)
            $0.varint(7, 2)
            $0.message(12) { $0.varint(2, 1) }
            $0.zigZag(13, 3)
        }
        #expect(text.contains("native(") == isRight)
        if !isRight { #expect(text == "5 observations found in buckets, but the count is \(count)") }
    }

    @Test func `a native histogram has its own exemplars, or those of the buckets, with a time`() {
        func exemplar(_ value: Double, _ time: Bool, _ message: inout ProtobufWriter) {
            message.double(2, value)
            if time { message.message(3) { $0.varint(1, 7) } }
        }
        func text(own: [(Double, Bool)]) -> String {
            native {
                $0.message(12) { _ in }
                for (bound, time) in [(1.0, true), (2, false), (3, true)] {
                    $0.message(3) {
                        $0.double(2, bound)
                        $0.message(3) { exemplar(bound, time, &$0) }
                    }
                }
                for (value, time) in own { $0.message(16) { exemplar(value, time, &$0) } }
            }
        }
        let beginning = "0.0 native(0 schema 0 zero 0@0.0 -[]= +[]= unknown)"
        #expect(text(own: []) == "\(beginning) #{} 1.0 @7000 #{} 3.0 @7000")
        #expect(text(own: [(8, true), (9, false), (7, true)]) == "\(beginning) #{} 8.0 @7000 #{} 7.0 @7000")
        #expect(text(own: [(9, false)]) == beginning)
    }
}
