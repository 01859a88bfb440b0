extension Span<UInt8> {
    /// Eight bytes as a little-endian number, by one load.
    @inline(__always)
    func load64(_ start: Int) -> UInt64 {
        precondition(start >= 0 && start <= count &- 8)
        // Written out, because the optimizer makes one load of it only then.
        var word = UInt64(self[start])
        word |= UInt64(self[start &+ 1]) &<< 8
        word |= UInt64(self[start &+ 2]) &<< 16
        word |= UInt64(self[start &+ 3]) &<< 24
        word |= UInt64(self[start &+ 4]) &<< 32
        word |= UInt64(self[start &+ 5]) &<< 40
        word |= UInt64(self[start &+ 6]) &<< 48
        word |= UInt64(self[start &+ 7]) &<< 56
        return word
    }

    /// Up to 16 bytes as two little-endian numbers, with zeros behind them.
    ///
    /// They are loaded whole wherever 16 bytes can be read, and by the byte at the end of the span.
    @inline(__always)
    func loadUpTo16(_ start: Int, count length: Int) -> (UInt64, UInt64) {
        guard start <= count &- 16 else { return loadByByte(start, count: length) }
        let window = extracting(start..<start &+ 16)
        return (window.load64(0) & keep[length &+ 8], window.load64(8) & keep[length])
    }

    @inline(never)
    private func loadByByte(_ start: Int, count length: Int) -> (UInt64, UInt64) {
        var words: (UInt64, UInt64) = (0, 0)
        for byte in 0..<length {
            let value = UInt64(self[start + byte]) << UInt64(byte % 8 * 8)
            if byte < 8 { words.0 |= value } else { words.1 |= value }
        }
        return words
    }

    /// Whether two texts are the same.
    func areEqual(_ first: ByteRange, _ second: ByteRange) -> Bool {
        guard first.count == second.count else { return false }
        var left = Int(first.count)
        var at = Int(first.offset)
        var other = Int(second.offset)
        precondition(at &+ left <= count && other &+ left <= count)
        while left > 16 {
            guard load64(at) == load64(other), load64(at &+ 8) == load64(other &+ 8) else { return false }
            at &+= 16
            other &+= 16
            left &-= 16
        }
        return loadUpTo16(at, count: left) == loadUpTo16(other, count: left)
    }

    /// Below zero where a text stands before another one by the values of its bytes, zero where they are the same.
    func compare(_ first: ByteRange, _ second: ByteRange) -> Int { compare(first, extracting(second.indices)) }

    /// Below zero where a text stands before another one by the values of its bytes, zero where they are the same.
    func compare(_ first: ByteRange, _ second: borrowing Span<UInt8>) -> Int {
        let text = extracting(first.indices)
        for index in 0..<Swift.min(text.count, second.count) where text[index] != second[index] {
            return text[index] < second[index] ? -1 : 1
        }
        return text.count - second.count
    }
}

/// The masks that keep no byte (0 to 8), one more at each step from there, and all eight (16 to 24).
private let keep: [25 of UInt64] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xffff, 0xff_ffff, 0xffff_ffff, 0xff_ffff_ffff, 0xffff_ffff_ffff,
    0xff_ffff_ffff_ffff, .max, .max, .max, .max, .max, .max, .max, .max, .max,
]
