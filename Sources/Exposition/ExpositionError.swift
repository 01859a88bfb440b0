/// Why a body is no exposition format, and in which line.
///
/// For Prometheus text its description is that of the Pushgateway's parser (contract B4). Texts of the body are quoted to
/// at most `longestToken` bytes.
public struct ExpositionError: Error, Equatable, Sendable {
    /// How much of a text of the body an error carries.
    public static let longestToken = 1024

    /// The format that the body was said to be in.
    public let dialect: Dialect

    /// The number of the line, from 1.
    public let line: Int

    /// What is wrong there.
    public let problem: Problem

    /// A problem in a line.
    init(line: Int, problem: Problem, in dialect: Dialect = .prometheus) {
        self.dialect = dialect
        self.line = line
        self.problem = problem
    }

    /// What can be wrong; the payloads are texts of the body.
    public enum Problem: Equatable, Sendable {
        /// The body ends within a line.
        case unexpectedEnd
        /// A line begins with no metric name, or with a quoted one that is broken.
        case invalidMetricName
        /// A HELP or TYPE line names no metric.
        case invalidMetricNameInComment
        /// A sample's value is no number.
        case notAFloat([UInt8])
        /// The value of `le` or `quantile` is no number.
        case notABound(label: String, [UInt8])
        /// What follows the value is no integer.
        case notATimestamp([UInt8])
        /// Something follows the timestamp.
        case spuriousText([UInt8])
        /// TYPE comes too late, or again.
        case secondType(family: [UInt8])
        /// TYPE names no type.
        case unknownType([UInt8])
        /// A label has no name, or a broken one.
        case invalidLabelName(family: [UInt8])
        /// A label is called `__name__`.
        case reservedLabelName
        /// A label is there twice.
        case duplicateLabelNames(family: [UInt8])
        /// A label name is followed by this instead of `=`.
        case missingEquals(UInt8)
        /// A label's `=` is followed by this instead of a quote.
        case missingQuote(UInt8)
        /// A backslash is followed by this.
        case invalidEscape(UInt8)
        /// A label value goes on in the next line.
        case newlineInLabelValue([UInt8])
        /// A label value is no UTF-8.
        case invalidLabelValue([UInt8])
        /// A label value is followed by neither comma nor brace.
        case unexpectedEndOfLabelValue([UInt8])
        /// A histogram counts less than nothing.
        case negativeCount(family: [UInt8])
        /// A bucket counts less than nothing.
        case negativeBucket(family: [UInt8])

        // OpenMetrics alone.
        /// The body ends without `# EOF`.
        case missingEOF
        /// Something follows `# EOF`.
        case dataBehindEOF
        /// This byte stands where only something else may.
        case unexpected(UInt8, expected: String)
        /// This text stands where only something else may.
        case unreadable([UInt8], expected: String)
        /// A sample has a name before its braces and another one in them, or two in them.
        case secondMetricName([UInt8])
        /// A sample has labels and no name.
        case missingMetricName
        /// UNIT says what the family's name does not end with.
        case invalidUnit([UInt8], family: [UInt8])
        /// A label of an exemplar is there twice.
        case duplicateExemplarLabel([UInt8])
    }
}
