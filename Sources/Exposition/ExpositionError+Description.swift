private import Bytes
private import Samples

extension ExpositionError: CustomStringConvertible {
    /// The message with its line, `text format parsing error in line 1: ...`.
    public var description: String {
        let format =
            switch dialect {
            case .prometheus: "text format"
            case .openMetrics: "OpenMetrics"
            }
        return "\(format) parsing error in line \(line): \(problem.description)"
    }
}

extension ExpositionError.Problem: CustomStringConvertible {
    /// The message without the line.
    public var description: String {
        switch self {
        case .unexpectedEnd: "unexpected end of input stream"
        case .invalidMetricName: "invalid metric name"
        case .invalidMetricNameInComment: "invalid metric name in comment"
        case .notAFloat(let token): "expected float as value, got \(GoQuote.string(token))"
        case .notABound(let label, let token):
            "expected float as value for '\(label)' label, got \(GoQuote.string(token))"
        case .notATimestamp(let token): "expected integer as timestamp, got \(GoQuote.string(token))"
        case .spuriousText(let token): "spurious string after timestamp: \(GoQuote.string(token))"
        case .secondType(let family):
            "second TYPE line for metric name \(GoQuote.string(family)), or TYPE reported after samples"
        case .unknownType(let token): "unknown metric type \(GoQuote.string(token))"
        case .invalidLabelName(let family): "invalid label name for metric \(GoQuote.string(family))"
        case .reservedLabelName: "label name \"__name__\" is reserved"
        case .duplicateLabelNames(let family): "duplicate label names for metric \(GoQuote.string(family))"
        case .missingEquals(let byte): "expected '=' after label name, found \(GoQuote.character(byte))"
        case .missingQuote(let byte): "expected '\"' at start of label value, found \(GoQuote.character(byte))"
        case .invalidEscape(let byte): "invalid escape sequence '\\\(Unicode.Scalar(byte))'"
        case .newlineInLabelValue(let token): "label value \(GoQuote.string(token)) contains unescaped new-line"
        case .invalidLabelValue(let token): "invalid label value \(GoQuote.string(token))"
        case .unexpectedEndOfLabelValue(let token): "unexpected end of label value \(GoQuote.string(token))"
        case .negativeCount(let family): "negative count for histogram \(GoQuote.string(family))"
        case .negativeBucket(let family): "negative bucket population for histogram \(GoQuote.string(family))"
        case .missingEOF: "data does not end with # EOF"
        case .dataBehindEOF: "unexpected data after # EOF"
        case .unexpected(let byte, let expected): "expected \(expected), found \(GoQuote.character(byte))"
        case .unreadable(let token, let expected): "expected \(expected), got \(GoQuote.string(token))"
        case .secondMetricName(let name): "metric name already set, and \(GoQuote.string(name)) is another"
        case .missingMetricName: "metric name not set"
        case .invalidUnit(let unit, let family):
            "unit \(GoQuote.string(unit)) not a suffix of metric \(GoQuote.string(family))"
        case .duplicateExemplarLabel(let name): "duplicate label name \(GoQuote.string(name)) in exemplar"
        }
    }
}
