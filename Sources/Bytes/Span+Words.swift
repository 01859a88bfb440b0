extension Span where Element == UInt8 {
    /// The eight bytes from `offset` on as a number, the first the lowest; zeros stand for those behind the span's end.
    @inlinable @inline(always)
    public func word(at offset: Int) -> UInt64 {
        precondition(offset >= 0, "the offset lies within the span")
        guard offset <= count &- 8 else { return lastWord(at: offset) }
        // Safe: the guard.
        return unsafe withUnsafeBytes { bytes in
            unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
    }

    @usableFromInline @inline(never)
    func lastWord(at offset: Int) -> UInt64 {
        var word: UInt64 = 0
        for index in stride(from: count - 1, through: offset, by: -1) { word = word << 8 | UInt64(self[index]) }
        return word
    }
}
