extension MutableSpan where Element == UInt8 {
    /// Stores a copy of a range of `source`, and moves `position` behind it; traps where it does not fit.
    ///
    /// Up to 64 bytes are copied 16 at a time where both spans have room for whole blocks, so up to 15 bytes behind
    /// the copy change too (16 behind an empty one): a label's name or value takes one step instead of a call.
    @inlinable @inline(always)
    public mutating func store(copying range: Range<Int>, of source: Span<UInt8>, at position: inout Int) {
        let length = range.upperBound &- range.lowerBound
        if length <= 64, range.lowerBound | position >= 0, range.lowerBound <= source.count &- 64,
            position <= count &- 64
        {
            unsafe source.withUnsafeBytes { source in
                unsafe withUnsafeMutableBytes { target in
                    var done = 0
                    repeat {
                        // Safe: `blocks` bytes lie within both spans, and no more are touched.
                        let block = unsafe source.loadUnaligned(
                            fromByteOffset: range.lowerBound &+ done, as: SIMD16<UInt8>.self)
                        unsafe target.storeBytes(of: block, toByteOffset: position &+ done, as: SIMD16<UInt8>.self)
                        done &+= 16
                    } while done < length
                }
            }
        } else {
            storeLong(copying: range, of: source, at: position)
        }
        position &+= length
    }

    @usableFromInline @inline(never)
    mutating func storeLong(copying range: Range<Int>, of source: Span<UInt8>, at position: Int) {
        precondition(position >= 0 && position <= count && range.count <= count - position, "the copy has room")
        let source = source.extracting(range)
        // Safe: the precondition, and `extracting` traps where the range is not the source's.
        unsafe source.withUnsafeBytes { source in
            unsafe withUnsafeMutableBytes { target in
                unsafe UnsafeMutableRawBufferPointer(rebasing: target[position...]).copyMemory(from: source)
            }
        }
    }

    /// Stores the bytes of a number, the lowest first, and moves `position` behind them; traps where there is no room.
    @inlinable @inline(always)
    public mutating func store(
        littleEndian value: some FixedWidthInteger & BitwiseCopyable, at position: inout Int
    ) {
        let size = value.bitWidth &>> 3
        precondition(position >= 0 && position <= count &- size, "the number has room")
        unsafe withUnsafeMutableBytes { target in
            // Safe: the precondition.
            unsafe target.storeBytes(of: value.littleEndian, toByteOffset: position, as: type(of: value))
        }
        position &+= size
    }

    /// Stores a varint, and moves `position` behind it; traps where there is no room.
    @inlinable
    public mutating func store(varint value: UInt64, at position: inout Int) {
        var rest = value
        while rest >= 0x80 {
            self[position] = UInt8(truncatingIfNeeded: rest) | 0x80
            position &+= 1
            rest &>>= 7
        }
        self[position] = UInt8(truncatingIfNeeded: rest)
        position &+= 1
    }
}
