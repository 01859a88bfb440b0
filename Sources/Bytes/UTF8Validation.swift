/// Tells whether bytes are valid UTF-8, strictly: no surrogates, no overlong forms, nothing above U+10FFFF.
public enum UTF8Validation {
    /// Whether the range is valid UTF-8.
    public static func isValid(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        if BlockScanner.isASCII(bytes, range) { return true }
        return (try? UTF8Span(validating: bytes.extracting(range))) != nil
    }

    /// Whether all of the bytes are valid UTF-8.
    public static func isValid(_ bytes: [UInt8]) -> Bool { isValid(bytes.span, 0..<bytes.count) }
}
