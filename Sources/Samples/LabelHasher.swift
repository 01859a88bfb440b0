/// Hashes labels in two lanes of 64 bits, with seeds of this process, so that no pusher can aim for collisions.
///
/// The low lane is the hash of `ByteHasher`: enough to find equal series in a batch, whose texts are compared as well.
/// Both together stand for labels that are not there to be compared.
public struct LabelHasher: Sendable {
    /// The hasher of this process.
    public static let process = LabelHasher()

    /// The salt of a label's name; the hash of the name is the salt of its value.
    public let seed: SeriesHash
    /// The salt of the value of `__name__`.
    public let metricName: SeriesHash
    /// The hasher of the low lane.
    let low: ByteHasher
    private let factors: SeriesHash

    private init() {
        var random = SystemRandomNumberGenerator()
        low = .process
        seed = SeriesHash(low: low.seed, high: random.next())
        factors = SeriesHash(low: low.factor, high: random.next() | 1)
        let name = Array("__name__".utf8)
        metricName = Self.hash(name.span, ByteRange(offset: 0, count: name.count), salt: seed, factors)
    }

    /// The hash of a text.
    @inline(__always)
    public func hash(_ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash) -> SeriesHash {
        Self.hash(bytes, range, salt: salt, factors)
    }

    /// A number made of another one, by what only the process knows.
    public func turn(_ number: UInt64) -> UInt64 { ByteHasher.fold(number ^ seed.high, factors.low) }

    @inline(__always)
    private static func hash(
        _ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash, _ factors: SeriesHash
    ) -> SeriesHash {
        var start = Int(range.offset)
        var count = Int(range.count)
        precondition(start &+ count <= bytes.count)
        // Texts of different lengths start from states that differ by what only the process knows.
        var low = salt.low &+ UInt64(truncatingIfNeeded: count) &* factors.low
        var high = salt.high &+ UInt64(truncatingIfNeeded: count) &* factors.high
        while count > 16 {
            let (first, second) = (bytes.load64(start), bytes.load64(start &+ 8))
            low = ByteHasher.fold(first ^ low, second ^ factors.low)
            high = ByteHasher.fold(second ^ high, first ^ factors.high)
            start &+= 16
            count &-= 16
        }
        let (first, second) = bytes.loadUpTo16(start, count: count)
        return SeriesHash(
            low: ByteHasher.fold(first ^ low, second ^ factors.low),
            high: ByteHasher.fold(first ^ high, second ^ factors.high))
    }
}

/// How much of the hash of a label is worked out.
protocol HashLanes {
    /// The hash of a text; lanes that are left out are zero.
    static func hash(
        _ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash, by hasher: LabelHasher
    ) -> SeriesHash
}

/// What finds equal series in a batch.
enum LowLane: HashLanes {
    @inline(__always)
    static func hash(
        _ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash, by hasher: LabelHasher
    ) -> SeriesHash {
        SeriesHash(low: hasher.low.hash(bytes, range, salt: salt.low), high: 0)
    }
}

/// What stands for labels.
enum BothLanes: HashLanes {
    @inline(__always)
    static func hash(
        _ bytes: borrowing Span<UInt8>, _ range: ByteRange, salt: SeriesHash, by hasher: LabelHasher
    ) -> SeriesHash {
        hasher.hash(bytes, range, salt: salt)
    }
}
