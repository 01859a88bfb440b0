internal import Bytes
internal import Samples

extension TextLines {
    /// Reads what HELP says of a family; what has been said first stays.
    ///
    /// What is no UTF-8 becomes U+FFFD, unknown escapes stay as they are, blanks at the line's end are gone
    /// (contract B4).
    mutating func readHelp(_ bytes: borrowing Span<UInt8>, _ start: Int, of family: Int) -> Int {
        let lineEnd = BlockScanner.find(Byte.lineFeed, in: bytes, from: start)
        guard families.families[family].help == nil else { return lineEnd + 1 }
        families.setDescribed(family)
        var textEnd = lineEnd
        if lineEnd < end, bytes[textEnd - 1] == Byte.carriageReturn { textEnd -= 1 }
        while textEnd > start, Byte.isBlank(bytes[textEnd - 1]) { textEnd -= 1 }
        families.families[family].help = repaired(bytes, unescaped(bytes, start..<textEnd))
        return lineEnd + 1
    }

    /// A text without its escapes: where it stands if it has none, else in the spill.
    ///
    /// A backslash before anything else than `\`, `"` and `n` stays.
    mutating func unescaped(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> ByteRange {
        var escape = BlockScanner.find(Byte.backslash, in: bytes.extracting(range), from: 0) + range.lowerBound
        guard escape < range.upperBound else { return ByteRange(offset: range.lowerBound, count: range.count) }
        let mark = spill.count
        var start = range.lowerBound
        while escape < range.upperBound {
            spill.append(copying: start..<escape, of: bytes)
            start = escape + 2
            switch start > range.upperBound ? nil : bytes[escape + 1] {
            case Byte.backslash: spill.append(Byte.backslash)
            case Byte.quote: spill.append(Byte.quote)
            case UInt8(ascii: "n"): spill.append(Byte.lineFeed)
            default:
                spill.append(Byte.backslash)
                start = escape + 1
            }
            escape = BlockScanner.find(Byte.backslash, in: bytes.extracting(start..<range.upperBound), from: 0) + start
        }
        spill.append(copying: start..<range.upperBound, of: bytes)
        return ByteRange(offset: spillStart + mark, count: spill.count - mark)
    }

    /// A text in which U+FFFD stands for what is no UTF-8.
    private mutating func repaired(_ bytes: borrowing Span<UInt8>, _ text: ByteRange) -> ByteRange {
        guard !isValid(bytes, text) else { return text }
        let mark = spill.count
        if Int(text.offset) >= spillStart {
            let written = self.text(bytes, text)
            UTF8Repair.append(written.span, written.indices, to: &spill)
        } else {
            UTF8Repair.append(bytes, text.indices, to: &spill)
        }
        return ByteRange(offset: spillStart + mark, count: spill.count - mark)
    }
}
