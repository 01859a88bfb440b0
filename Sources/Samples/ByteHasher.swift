/// A quick hash of short texts, seeded so that no pusher can aim for collisions.
///
/// Two equal texts have equal hashes within a process; whoever relies on unequal ones compares the texts as well. It
/// folds 16 bytes with one 128-bit product.
public struct ByteHasher: Sendable {
    /// The hasher of this process, with its random seeds.
    public static let process = ByteHasher()

    /// The salt of a hash that goes on from no other.
    public let seed: UInt64
    let factor: UInt64

    private init() {
        var random = SystemRandomNumberGenerator()
        seed = random.next()
        factor = random.next() | 1
    }

    /// The hash of a text, different for each salt: the hash of what stands before it, or `seed`.
    @inline(__always)
    public func hash(_ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: UInt64) -> UInt64 {
        var start = Int(range.offset)
        var count = Int(range.count)
        // Texts of different lengths start from states that differ by what only the process knows.
        var state = salt &+ UInt64(truncatingIfNeeded: count) &* factor
        precondition(start &+ count <= bytes.count)
        while count > 16 {
            state = Self.fold(bytes.load64(start) ^ state, bytes.load64(start &+ 8) ^ factor)
            start &+= 16
            count &-= 16
        }
        let (first, second) = bytes.loadUpTo16(start, count: count)
        return Self.fold(first ^ state, second ^ factor)
    }

    /// One hash of two, in this order.
    @inline(__always)
    public func combine(_ first: UInt64, _ second: UInt64) -> UInt64 { Self.fold(first ^ seed, second ^ factor) }

    /// Both halves of the product.
    @inline(__always)
    static func fold(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }
}
