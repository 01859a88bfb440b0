import Bytes
import Samples

/// How the last series of a run was written in version 2, so that the next can be written as a copy with a few bytes put
/// in: nearly always only its values differ, and their references take as many bytes.
struct SeriesPattern: Sendable {
    /// Longer messages and more labels make no pattern.
    static let longest = 160
    static let mostSlots = 24

    /// The message, tag and length included; behind it what has no meaning.
    var bytes = InlineArray<256, UInt8>(repeating: 0)
    /// How long it is; 0: there is no pattern.
    var length = 0
    /// Where the value of its one sample stands.
    var value = 0
    /// For each slot of the shape where its reference stands, and how many bytes it has.
    var places = InlineArray<24, (place: UInt8, width: UInt8)>(repeating: (0, 0))
    /// The name of the series.
    var name = ByteRange.none

    /// Remembers where a slot's reference was written, counted from the message's beginning.
    @inline(__always)
    mutating func note(slot: Int, from start: Int, to end: Int) {
        guard slot < Self.mostSlots else { return }
        places[slot] = (UInt8(truncatingIfNeeded: start), UInt8(truncatingIfNeeded: end &- start))
    }

    /// Takes a message over, if its series has one sample, which is not 0 and has no start time.
    mutating func learn(
        _ message: Range<Int>, of bytes: borrowing MutableSpan<UInt8>, value: Int, slots: Int
    ) {
        length = 0
        guard message.count <= Self.longest, slots <= Self.mostSlots else { return }
        for index in 0..<message.count { self.bytes[index] = bytes[message.lowerBound + index] }
        self.value = value - message.lowerBound
        length = message.count
    }
}

extension MutableSpan<UInt8> {
    /// Stores a varint that is mostly small.
    @inline(always)
    mutating func store(reference: UInt32, at position: inout Int) {
        if reference < 0x80 {
            store(littleEndian: UInt8(truncatingIfNeeded: reference), at: &position)
        } else if reference < 0x4000 {
            let low = UInt16(truncatingIfNeeded: reference & 0x7f | 0x80)
            store(littleEndian: low | UInt16(truncatingIfNeeded: reference &>> 7) &<< 8, at: &position)
        } else {
            store(varint: UInt64(reference), at: &position)
        }
    }

    /// Stores a varint where another one stands, if it takes as many bytes, which are one or two.
    @inline(always)
    mutating func replace(_ place: Int, width: UInt8, by reference: UInt32) -> Bool {
        var position = place
        if width == 1, reference < 0x80 {
            store(littleEndian: UInt8(truncatingIfNeeded: reference), at: &position)
            return true
        }
        guard width == 2, reference >= 0x80, reference < 0x4000 else { return false }
        store(reference: reference, at: &position)
        return true
    }
}
