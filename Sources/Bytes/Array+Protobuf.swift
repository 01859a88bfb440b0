extension [UInt8] {
    /// Appends a varint.
    @inlinable
    public mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest &>>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    /// Appends eight bytes, little-endian.
    @inlinable
    public mutating func append(fixed64 value: UInt64) {
        append(addingCapacity: 8) { $0.append(fixed64: value) }
    }

    /// Appends a double as protobuf writes it: its bits, little-endian.
    @inlinable
    public mutating func append(double value: Double) { append(fixed64: value.bitPattern) }

    /// Appends a copy of a range of `bytes`.
    @inlinable
    public mutating func append(copying range: Range<Int>, of bytes: borrowing Span<UInt8>) {
        let source = bytes.extracting(range)
        append(addingCapacity: source.count) { $0.append(copying: source.indices, of: source) }
    }
}
