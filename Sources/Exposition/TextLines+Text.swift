internal import Bytes
internal import Samples

extension TextLines {
    /// Reads a text in quotes, behind the opening one; `end` is the index of the quote or line feed that ends it.
    mutating func readText(
        _ bytes: borrowing Span<UInt8>, _ start: Int
    ) throws(ExpositionError) -> (text: ByteRange, end: Int) {
        var end = BlockScanner.quotedEnd(bytes, from: start)
        guard bytes[end] == Byte.backslash else { return (ByteRange(offset: start, count: end - start), end) }
        let mark = spill.count
        spill.append(copying: start..<end, of: bytes)
        while bytes[end] == Byte.backslash {
            let escaped = bytes[end + 1]
            switch escaped {
            case Byte.backslash, Byte.quote: spill.append(escaped)
            case UInt8(ascii: "n"): spill.append(Byte.lineFeed)
            default: throw failure(.invalidEscape(escaped), at: end + 1)
            }
            let next = end + 2
            end = BlockScanner.quotedEnd(bytes, from: next)
            spill.append(copying: next..<end, of: bytes)
        }
        return (ByteRange(offset: spillStart + mark, count: spill.count - mark), end)
    }

    /// Reads a quoted metric or label name behind its opening quote; `next` is behind the closing one.
    ///
    /// Whatever is wrong with it is `problem`, as in a Pushgateway that knows no quoted names.
    mutating func readQuotedName(
        _ bytes: borrowing Span<UInt8>, _ start: Int, orElse problem: ExpositionError.Problem
    ) throws(ExpositionError) -> (name: ByteRange, next: Int) {
        do throws(ExpositionError) {
            let (name, end) = try readText(bytes, start)
            guard bytes[end] == Byte.quote, name.count > 0, isValid(bytes, name) else {
                throw failure(problem, at: end)
            }
            return (name, end + 1)
        } catch {
            throw error.problem == .unexpectedEnd ? error : failure(problem)
        }
    }

    /// Whether a text is valid UTF-8.
    mutating func isValid(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> Bool {
        guard Int(range.offset) >= spillStart else { return UTF8Validation.isValid(bytes, range.indices) }
        let start = Int(range.offset) - spillStart
        return UTF8Validation.isValid(spill.span, start..<start + Int(range.count))
    }

    /// The bytes of a text, which stands in the body or in the spill.
    func text(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> [UInt8] {
        guard Int(range.offset) >= spillStart else { return range.indices.map { bytes[$0] } }
        return Array(spill[Int(range.offset) - spillStart..<range.indices.upperBound - spillStart])
    }

    /// Whether two texts are the same.
    mutating func isSameText(_ bytes: borrowing Span<UInt8>, _ first: ByteRange, _ second: ByteRange) -> Bool {
        guard first.count == second.count else { return false }
        guard max(first.indices.upperBound, second.indices.upperBound) > spillStart else {
            return BlockScanner.areEqual(bytes, first.indices, bytes, second.indices)
        }
        return text(bytes, first) == text(bytes, second)
    }

    /// Whether a text is this word, which has no escapes.
    mutating func isText(_ bytes: borrowing Span<UInt8>, _ range: ByteRange, _ word: String) -> Bool {
        let word = word.utf8.span
        guard Int(range.offset) < spillStart, Int(range.count) == word.count else { return false }
        return BlockScanner.areEqual(bytes, range.indices, word, 0..<word.count)
    }

    /// A text for an error.
    func token(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        token(bytes, ByteRange(offset: range.lowerBound, count: range.count))
    }

    /// A text for an error.
    func token(_ bytes: borrowing Span<UInt8>, _ range: ByteRange) -> [UInt8] {
        var range = range
        range.count = min(range.count, UInt32(ExpositionError.longestToken))
        return text(bytes, range)
    }
}
