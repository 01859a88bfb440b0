extension DecimalNumber {
    /// The double nearest to `digits` times ten to the power of `exponent`; nil where that takes more than 64-bit
    /// arithmetic.
    ///
    /// Every result is exact: Clinger's way where both factors are doubles, else one 128-bit product or quotient with a
    /// power of five, whose lost bits are folded into the lowest one so that the conversion rounds once, to even.
    @inline(__always)
    static func rounded(_ digits: UInt64, exponent: Int) -> Double? {
        if digits < 1 << 53, exponent >= -22, exponent <= 22 {
            let exact = Double(Int64(truncatingIfNeeded: digits))
            return exponent < 0 ? exact / powersOfTen[-exponent] : exact * powersOfTen[exponent]
        }
        if digits == 0 { return 0 }
        switch exponent {
        case 0...27: return product(digits, exponent)
        case -27..<0: return quotient(digits, -exponent)
        default: return nil
        }
    }

    private static func product(_ digits: UInt64, _ exponent: Int) -> Double {
        let (high, low) = digits.multipliedFullWidth(by: powersOfFive[exponent])
        guard high != 0 else { return Double(low) * powerOfTwo(exponent) }
        let shift = high.leadingZeroBitCount
        let top = high << UInt64(shift) | low >> UInt64(64 &- shift)
        let isInexact = low << UInt64(shift) != 0
        return Double(top | (isInexact ? 1 : 0)) * powerOfTwo(64 &- shift &+ exponent)
    }

    private static func quotient(_ digits: UInt64, _ exponent: Int) -> Double {
        let divisor = powersOfFive[exponent]
        let shift = digits.leadingZeroBitCount
        let divisorShift = divisor.leadingZeroBitCount
        let dividend = digits &<< UInt64(shift)
        // Both have their highest bit set, so that half the dividend is below the divisor, and the quotient has 63 or
        // 64 bits: ten more than a double keeps.
        let (quotient, remainder) = (divisor &<< UInt64(divisorShift))
            .dividingFullWidth((high: dividend &>> 1, low: dividend &<< 63))
        return Double(quotient | (remainder != 0 ? 1 : 0)) * powerOfTwo(divisorShift &- shift &- 63 &- exponent)
    }

    /// Two to a power that a normal double holds.
    @inline(__always)
    private static func powerOfTwo(_ exponent: Int) -> Double {
        Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1023) &<< 52)
    }

    private static let powersOfTen: [23 of Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]

    /// Five to the power of 0 to 27: all that 64 bits hold.
    private static let powersOfFive: [28 of UInt64] = [
        1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
        1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
        19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625,
        11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625,
        7_450_580_596_923_828_125,
    ]
}
