extension OutputSpan<UInt8> {
    /// Appends a varint; traps where the capacity does not hold it.
    @inlinable @inline(__always)
    public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest &>>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends eight bytes, little-endian; traps where the capacity does not hold them.
    @inlinable @inline(__always)
    public mutating func append(fixed64 value: UInt64) {
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            precondition(buffer.count &- count >= 8, "no room for eight bytes")
            unsafe UnsafeMutableRawBufferPointer(buffer)
                .storeBytes(of: value.littleEndian, toByteOffset: count, as: UInt64.self)
            count &+= 8
        }
    }

    /// Appends a double as protobuf writes it: its bits, little-endian.
    @inlinable @inline(__always)
    public mutating func append(double value: Double) { append(fixed64: value.bitPattern) }

    /// Appends a copy of a range of `bytes`; traps where the capacity does not hold it.
    @inlinable @inline(__always)
    public mutating func append(copying range: Range<Int>, of bytes: borrowing Span<UInt8>) {
        let source = bytes.extracting(range)
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            precondition(source.count <= buffer.count &- count, "no room for the copy")
            unsafe source.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
                unsafe (to + count).initialize(from: from, count: source.count)
            }
            count &+= source.count
        }
    }
}
