public import Samples

/// Why a body is no sequence of delimited protobuf messages, and in which message.
///
/// Texts of the body are quoted to at most `ExpositionError.longestToken` bytes.
public struct ProtobufError: Error, Equatable, Sendable {
    /// The number of the message, from 1.
    public let message: Int

    /// The name of its metric family; nil where the message is broken before it.
    public let family: [UInt8]?

    /// What is wrong there.
    public let problem: Problem

    /// A problem in the message of this number, from 1.
    public init(message: Int, family: [UInt8]?, problem: Problem) {
        self.message = message
        self.family = family
        self.problem = problem
    }

    /// What can be wrong; texts among the payloads are those of the body.
    public enum Problem: Error, Equatable, Sendable {
        /// The bytes end within a field, or a length goes beyond what encloses it.
        case truncated
        /// A varint has more than 64 bits, or the length of a message more than 32.
        case invalidVarint
        /// A field has the number 0, or one that is too large, or an unknown wire type.
        case invalidTag
        /// A group begins or ends without its other end, or stands in too many others.
        case unbalancedGroup
        /// A field that is known has another wire type than its own.
        case wrongWireType(field: Int, of: Message)
        /// The family has no name, or one that is no UTF-8.
        case invalidMetricName
        /// The unit is no UTF-8.
        case invalidUnit
        /// The family's name does not end with the unit, or a counter's before `_total`.
        case unitIsNoSuffix([UInt8])
        /// The number of the type means nothing.
        case unknownType(Int32)
        /// A metric has no value of its family's type.
        case isNot(MetricType)
        /// A label has no name, or one that is no UTF-8.
        case invalidLabelName([UInt8])
        /// A label is called `__name__`.
        case reservedLabelName
        /// A label is called as the one that says which bucket or quantile a sample is.
        case boundLabel(String)
        /// A label is there twice.
        case duplicateLabel([UInt8])
        /// A label value is no UTF-8.
        case invalidLabelValue([UInt8])
        /// A time is out of the range of 64 bits of milliseconds.
        case invalidTimestamp
        /// The spans of a native histogram ask for more buckets than there are, or for fewer.
        case spans(buckets: Int, of: Int)
        /// A span goes back.
        case negativeOffset(Int32)
        /// A bucket is further from zero than indices go.
        case bucketOutOfRange
        /// A bucket counts less than nothing, or more than 63 bits.
        case negativeBucket
        /// A native histogram counts less than nothing.
        case negativeCount
        /// The buckets of a native histogram hold so many observations, and its count is another.
        case countMismatch(count: UInt64, observed: UInt64)
        /// The buckets of a native histogram hold more observations than 64 bits can count.
        case countOverflow
        /// The resolution of a native histogram is none that receivers know.
        case unknownSchema(Int32)
    }

    /// The messages of `io.prometheus.client`, with their names there.
    public enum Message: String, Equatable, Sendable {
        case metricFamily = "MetricFamily"
        case metric = "Metric"
        case labelPair = "LabelPair"
        case gauge = "Gauge"
        case counter = "Counter"
        case untyped = "Untyped"
        case summary = "Summary"
        case quantile = "Quantile"
        case histogram = "Histogram"
        case bucket = "Bucket"
        case bucketSpan = "BucketSpan"
        case exemplar = "Exemplar"
        case timestamp = "Timestamp"

        /// The highest number of its fields, which have no gaps.
        var lastField: UInt64 {
            switch self {
            case .gauge, .untyped: 1
            case .labelPair, .quantile, .bucketSpan, .timestamp: 2
            case .counter, .exemplar: 3
            case .summary, .bucket: 4
            case .metricFamily: 5
            case .metric: 7
            case .histogram: 16
            }
        }
    }
}
