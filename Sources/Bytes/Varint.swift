/// The varints of protobuf: seven bits a byte, the lowest first.
public enum Varint {
    /// The bytes that a value takes, 1 to 10.
    @inlinable @inline(__always)
    public static func length(_ value: UInt64) -> Int {
        // ceil(bits / 7) without a division: exact for 1 to 64 bits.
        let bits = 64 &- (value | 1).leadingZeroBitCount
        return (bits &* 9 &+ 64) &>> 6
    }

    /// The bytes that a value of protobuf's `int64` or `int32` takes: a negative one takes 10.
    @inlinable @inline(__always)
    public static func length(_ value: Int64) -> Int { length(UInt64(bitPattern: value)) }

    /// The bytes that a length-delimited field of `count` bytes takes behind its tag.
    @inlinable @inline(__always)
    public static func delimitedLength(_ count: Int) -> Int { length(UInt64(truncatingIfNeeded: count)) &+ count }

    /// A signed value as protobuf's `sint32` and `sint64` write it: small absolute values stay short.
    @inlinable @inline(__always)
    public static func zigZag(_ value: Int64) -> UInt64 { UInt64(bitPattern: (value &<< 1) ^ (value &>> 63)) }
}
