public import CScan

/// Scans text 16 bytes at a time: the safe doors to the kernels of `CScan`.
///
/// Every function traps where an index is out of bounds, and reads within the span only. Text with `slack` readable
/// bytes behind it never takes the byte-by-byte way that the end of a span needs.
public enum BlockScanner {
    /// How many readable bytes behind a text let every scan run in whole blocks.
    public static let slack = 16

    /// Where the text in quotes that `start` stands in stops being plain: the index of the next quote, backslash, line
    /// feed or byte beyond ASCII, or `bytes.count`.
    @inlinable @inline(__always)
    public static func plainEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe cscan_plain_end(base, start, buffer.count)
        }
    }

    /// Where the text in quotes that `start` stands in ends: the index of the next quote, backslash or line feed, or
    /// `bytes.count`.
    @inlinable @inline(__always)
    public static func quotedEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe cscan_quoted_end(base, start, buffer.count)
        }
    }

    /// The index of the first byte from `start` on that no metric name has, outside `[a-zA-Z0-9_:]`.
    @inlinable @inline(__always)
    public static func nameEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe cscan_name_end(base, start, buffer.count)
        }
    }

    /// The index of the first `byte` from `start` on, or `bytes.count`.
    @inlinable @inline(__always)
    public static func find(_ byte: UInt8, in bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe cscan_find(base, start, buffer.count, byte)
        }
    }

    /// How often `byte` is there.
    @inlinable @inline(__always)
    public static func occurrences(of byte: UInt8, in bytes: borrowing Span<UInt8>) -> Int {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            return unsafe cscan_occurrences(base, buffer.count, byte)
        }
    }

    /// Whether a range has only bytes below 0x80.
    @inlinable @inline(__always)
    public static func isASCII(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) -> Bool {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return true }
            return unsafe cscan_is_ascii(base, range.lowerBound, range.upperBound, buffer.count)
        }
    }

    /// Whether the text of a range stands again at `start`, which is behind it; not where the span ends before it.
    @inlinable @inline(__always)
    public static func repeats(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>, at start: Int) -> Bool {
        let room = bytes.count &- start
        precondition(range.lowerBound >= 0 && range.upperBound <= start)
        guard range.count <= room else { return false }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return true }
            return unsafe cscan_equal(base + range.lowerBound, base + start, range.count, room)
        }
    }

    /// Whether two texts are the same.
    @inlinable @inline(__always)
    public static func areEqual(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, _ others: borrowing Span<UInt8>, _ other: Range<Int>
    ) -> Bool {
        guard range.count == other.count else { return false }
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
        precondition(other.lowerBound >= 0 && other.upperBound <= others.count)
        let room = min(bytes.count &- range.lowerBound, others.count &- other.lowerBound)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe others.withUnsafeBufferPointer { others in
                guard let base = buffer.baseAddress, let otherBase = others.baseAddress else { return true }
                return unsafe cscan_equal(base + range.lowerBound, otherBase + other.lowerBound, range.count, room)
            }
        }
    }
}
