internal import Bytes

/// Mends texts that are no UTF-8.
enum UTF8Repair {
    /// Appends a text in which one U+FFFD stands for bytes side by side that are no UTF-8 (contract B4).
    static func append(_ bytes: borrowing Span<UInt8>, _ text: Range<Int>, to repaired: inout [UInt8]) {
        var start = text.lowerBound
        /// The index behind the last bytes that were replaced.
        var broken = -1
        while start < text.upperBound {
            do throws(UTF8.ValidationError) {
                _ = try UTF8Span(validating: bytes.extracting(start..<text.upperBound))
                return repaired.append(copying: start..<text.upperBound, of: bytes)
            } catch {
                let valid = start..<start + error.byteOffsets.lowerBound
                repaired.append(copying: valid, of: bytes)
                if valid.upperBound != broken { repaired.append(contentsOf: "\u{fffd}".utf8) }
                start += max(error.byteOffsets.upperBound, 1)
                broken = start
            }
        }
    }
}
