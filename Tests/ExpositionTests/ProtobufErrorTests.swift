import Exposition
import Fixtures
import Samples
import Testing

@Suite("What is refused in protobuf, and how it is said")
struct ProtobufErrorTests {
    static let problems: [(ProtobufError.Problem, String)] = [
        (.truncated, "unexpected end of message"), (.invalidVarint, "invalid varint"),
        (.invalidTag, "invalid field number or wire type"), (.unbalancedGroup, "unbalanced group"),
        (.wrongWireType(field: 6, of: .metric), "wrong wire type of field 6 of Metric"),
        (.invalidMetricName, "invalid metric name"), (.invalidUnit, "invalid unit"),
        (.unitIsNoSuffix(Array("s".utf8)), "unit \"s\" is not a suffix of the metric name"),
        (.unknownType(-7), "unknown metric type -7"), (.isNot(.gaugeHistogram), "a metric is not a GAUGE_HISTOGRAM"),
        (.invalidLabelName([0xff]), "invalid label name \"\\xff\""),
        (.reservedLabelName, "label name \"__name__\" is reserved"),
        (.boundLabel("le"), "label name \"le\" is reserved in a family of this type"),
        (.duplicateLabel([0x61]), "duplicate label name \"a\""),
        (.invalidLabelValue([0x0a]), "invalid label value \"\\n\""), (.invalidTimestamp, "timestamp out of range"),
        (.spans(buckets: 3, of: 2), "native histogram: spans need 3 buckets, have 2 buckets"),
        (.negativeOffset(-2), "native histogram: a span has the negative offset -2"),
        (.bucketOutOfRange, "native histogram: bucket index out of range"),
        (.negativeBucket, "native histogram: a bucket has a negative observation count"),
        (.negativeCount, "native histogram: the observation count is negative"),
        (
            .countMismatch(count: 12, observed: 5),
            "native histogram: 5 observations found in buckets, but the count is 12"
        ),
        (.countOverflow, "native histogram: too many observations found in buckets"),
        (.unknownSchema(9), "native histogram: unknown schema 9, which must be between -4 and 8"),
    ]

    @Test(arguments: problems) func `each problem is said in a sentence`(problem: ProtobufError.Problem, text: String) {
        #expect(problem.description == text)
    }

    @Test func `the message is numbered, and named where its family is known`() {
        let body: [UInt8] = [0x03, 0x0a, 0x01, 0x61, 0x09, 0x0a, 0x03, 0x66, 0x22, 0xff, 0x22, 0x02, 0x08, 0x00]
        let named = ProtobufReading(body).refusal
        #expect(named == "message 2 (metric family \"f\\\"\\xff\"): invalid metric name")
        #expect(ProtobufReading([0x03, 0x0a, 0x01, 0x61, 0x05]).refusal == "message 2: unexpected end of message")
        let long = Array(repeating: UInt8(0x6e), count: 3000)
        let error = ProtobufError(message: 1, family: long, problem: .truncated)
        #expect(error.description.hasPrefix("protobuf parsing error in message 1 (metric family \"nnn"))
        let quoted = ProtobufReading {
            $0.delimited {
                $0.run(1, long)
                $0.metric { _ in }
            }
        }
        #expect(quoted.refusal?.count == "message 1 (metric family \"\"): a metric is not a COUNTER".count + 1024)
    }
}
