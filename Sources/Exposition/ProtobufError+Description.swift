private import Bytes
private import Samples

extension ProtobufError: CustomStringConvertible {
    /// The sentence for whoever pushed, `protobuf parsing error in message 1 (metric family "foo"): ...`.
    public var description: String {
        let family = family.map { " (metric family \(GoQuote.string($0)))" } ?? ""
        return "protobuf parsing error in message \(message)\(family): \(problem.description)"
    }
}

extension ProtobufError.Problem: CustomStringConvertible {
    /// The message without its place.
    public var description: String {
        switch self {
        case .truncated: "unexpected end of message"
        case .invalidVarint: "invalid varint"
        case .invalidTag: "invalid field number or wire type"
        case .unbalancedGroup: "unbalanced group"
        case .wrongWireType(let field, let message): "wrong wire type of field \(field) of \(message.rawValue)"
        case .invalidMetricName: "invalid metric name"
        case .invalidUnit: "invalid unit"
        case .unitIsNoSuffix(let unit): "unit \(GoQuote.string(unit)) is not a suffix of the metric name"
        case .unknownType(let number): "unknown metric type \(number)"
        case .isNot(let type): "a metric is not a \(type.protobufName)"
        case .invalidLabelName(let name): "invalid label name \(GoQuote.string(name))"
        case .reservedLabelName: "label name \"__name__\" is reserved"
        case .boundLabel(let name): "label name \(GoQuote.string(name.utf8)) is reserved in a family of this type"
        case .duplicateLabel(let name): "duplicate label name \(GoQuote.string(name))"
        case .invalidLabelValue(let value): "invalid label value \(GoQuote.string(value))"
        case .invalidTimestamp: "timestamp out of range"
        default: "native histogram: \(nativeDescription)"
        }
    }

    private var nativeDescription: String {
        switch self {
        case .spans(let buckets, let of): "spans need \(buckets) buckets, have \(of) buckets"
        case .negativeOffset(let offset): "a span has the negative offset \(offset)"
        case .bucketOutOfRange: "bucket index out of range"
        case .negativeBucket: "a bucket has a negative observation count"
        case .negativeCount: "the observation count is negative"
        case .countMismatch(let count, let observed):
            "\(observed) observations found in buckets, but the count is \(count)"
        case .countOverflow: "too many observations found in buckets"
        case .unknownSchema(let schema): "unknown schema \(schema), which must be between -4 and 8"
        default: ""
        }
    }
}

extension MetricType {
    /// The name in `io.prometheus.client.MetricType`.
    fileprivate var protobufName: String {
        switch self {
        case .counter: "COUNTER"
        case .gauge: "GAUGE"
        case .summary: "SUMMARY"
        case .histogram: "HISTOGRAM"
        case .gaugeHistogram: "GAUGE_HISTOGRAM"
        case .unknown, .info, .stateset: "UNTYPED"
        }
    }
}
