/// A run of decimal digits, eight at a time.
struct Digits {
    /// What the digits say; it wraps where there are more than 19.
    var value: UInt64 = 0
    /// How many there are, leading zeros too.
    var count = 0

    /// How many bytes behind its beginning `readQuickly` may look at.
    static let reach = 24

    /// Adds the digits that stand from `start` on, and returns the index behind them.
    ///
    /// At most 16 are read this way: the index is that of a digit where there are more. `reach` bytes can be read.
    @inline(__always)
    mutating func readQuickly(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        var at = start &+ add(unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
        guard at == start &+ 8 else { return at }
        at &+= add(unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self))
        return at
    }

    /// Adds the digits that stand from `start` on, and returns the index behind them.
    mutating func read(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        var at = start
        while at < bytes.count, bytes[at] &- 0x30 < 10 {
            value = value &* 10 &+ UInt64(bytes[at] &- 0x30)
            at &+= 1
            count &+= 1
        }
        return at
    }

    /// Adds the digits among eight characters, up to the first that is none; returns how many there are.
    @inline(__always)
    private mutating func add(_ characters: UInt64) -> Int {
        let digits = UInt64(littleEndian: characters) ^ 0x3030_3030_3030_3030
        // The high bit of each byte that is no digit; a carry only reaches bytes behind the first of them.
        let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
        let added = others.trailingZeroBitCount &>> 3
        guard added > 0 else { return 0 }
        // The digits move to the end of the word, zeros lead it; neighbours are joined, then pairs, then fours.
        let word = digits &<< UInt64(64 &- added &* 8)
        let pairs = word &* 10 &+ word &>> 8
        let low = (pairs & 0xff_0000_00ff) &* 0x000f_4240_0000_0064
        let high = ((pairs &>> 16) & 0xff_0000_00ff) &* 0x0000_2710_0000_0001
        value = value &* Digits.powers[added] &+ (low &+ high) &>> 32
        count &+= added
        return added
    }

    /// Ten to the power of 0 to 8.
    private static let powers: [9 of UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
    ]
}
