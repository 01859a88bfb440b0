import Bytes
import Samples

/// Hashes labels in two lanes of 64 bits, with seeds of this process, so that no pusher can aim for collisions.
struct LabelHasher: Sendable {
    /// The hasher of this process.
    static let process = LabelHasher()

    /// The salt of a label's name; the hash of the name is the salt of its value.
    let seed: SeriesHash
    /// The salt of the value of `__name__`.
    let metricName: SeriesHash
    private let factors: SeriesHash

    private init() {
        var random = SystemRandomNumberGenerator()
        let (seed, factors) = (
            SeriesHash(low: random.next(), high: random.next()),
            SeriesHash(low: random.next() | 1, high: random.next() | 1)
        )
        self.seed = seed
        self.factors = factors
        let name = LabelSet.metricName
        metricName = Self.hash(name.span, name.indices, salt: seed, factors)
    }

    /// The hash of a text.
    @inline(__always)
    func hash(_ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash) -> SeriesHash {
        Self.hash(bytes, Int(range.offset)..<Int(range.offset) &+ Int(range.count), salt: salt, factors)
    }

    /// A number made of another one, by what only the process knows.
    func turn(_ number: UInt64) -> UInt64 { Self.fold(number ^ seed.high, factors.low) }

    /// The hash of a label that does not stand in a batch.
    func hash(_ label: LabelSet.Label) -> SeriesHash {
        let name = Self.hash(label.name.span, label.name.indices, salt: seed, factors)
        return Self.hash(label.value.span, label.value.indices, salt: name, factors)
    }

    /// The hash of all labels of a set.
    func hash(_ labels: LabelSet) -> SeriesHash {
        var sum = SeriesHash.zero
        for label in labels.labels { sum += hash(label) }
        return sum
    }

    @inline(__always)
    private static func hash(
        _ bytes: borrowing Span<UInt8>, _ range: Range<Int>, salt: SeriesHash, _ factors: SeriesHash
    ) -> SeriesHash {
        var start = range.lowerBound
        var count = range.upperBound &- start
        precondition(start >= 0 && range.upperBound <= bytes.count)
        // Texts of different lengths start from states that differ by what only the process knows.
        var low = salt.low &+ UInt64(truncatingIfNeeded: count) &* factors.low
        var high = salt.high &+ UInt64(truncatingIfNeeded: count) &* factors.high
        while count > 16 {
            let (first, second) = (bytes.word(at: start), bytes.word(at: start &+ 8))
            low = fold(first ^ low, second ^ factors.low)
            high = fold(second ^ high, first ^ factors.high)
            start &+= 16
            count &-= 16
        }
        var (first, second) = (bytes.word(at: start), UInt64(0))
        if count >= 8 {
            // The two words overlap where there are fewer than 16 bytes.
            second = bytes.word(at: start &+ count &- 8)
        } else {
            first &= (1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1
        }
        return SeriesHash(
            low: fold(first ^ low, second ^ factors.low), high: fold(second ^ high, first ^ factors.high))
    }

    /// Both halves of the product.
    @inline(__always)
    private static func fold(_ first: UInt64, _ second: UInt64) -> UInt64 {
        let product = first.multipliedFullWidth(by: second)
        return product.high ^ product.low
    }
}
