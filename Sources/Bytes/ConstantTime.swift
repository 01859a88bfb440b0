/// Comparisons that take as long for what is nearly right as for what is wrong.
public enum ConstantTime {
    /// Whether two texts are equal; only their lengths can be told from the time that it takes.
    public static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard one.count == other.count else { return false }
        var difference: UInt8 = 0
        for index in one.indices { difference |= one[index] ^ other[index] }
        return difference == 0
    }
}
