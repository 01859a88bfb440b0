internal import Bytes
internal import Samples

/// The texts of a batch that do not stand in its body: names with a suffix, bounds of buckets and quantiles, mended
/// HELP texts.
struct DerivedTexts: Sendable {
    /// The texts, one after the other.
    private(set) var spill: [UInt8] = []
    private var spillStart = 0
    private var bounds = BoundTexts()
    /// The names `le` and `quantile`.
    private var boundNames: (le: ByteRange, quantile: ByteRange) = (.none, .none)

    /// Begins a body behind which the spill is going to stand in the arena, at `spillStart`.
    mutating func begin(spillStart: Int) {
        self.spillStart = spillStart
        bounds.begin()
        boundNames = (.none, .none)
    }

    /// Lets go of the texts, and of the memory that a giant body asked for.
    mutating func forget() { spill.removeAll(keepingCapacity: spill.capacity <= 1 << 16) }

    /// The name of the label that says which bucket a series is.
    var le: ByteRange {
        mutating get {
            if boundNames.le.count == 0 { boundNames.le = append("le") }
            return boundNames.le
        }
    }

    /// The name of the label that says which quantile a series is.
    var quantile: ByteRange {
        mutating get {
            if boundNames.quantile.count == 0 { boundNames.quantile = append("quantile") }
            return boundNames.quantile
        }
    }

    /// A text of the body with a suffix.
    mutating func append(_ bytes: borrowing Span<UInt8>, _ text: ByteRange, _ suffix: String) -> ByteRange {
        let start = spill.count
        spill.append(copying: text.indices, of: bytes)
        spill.append(contentsOf: suffix.utf8)
        return place(from: start)
    }

    /// A text of the body, in which U+FFFD stands for what is no UTF-8 (contract B4).
    mutating func valid(_ bytes: borrowing Span<UInt8>, _ text: Range<Int>) -> ByteRange {
        if UTF8Validation.isValid(bytes, text) { return ByteRange(text) }
        let start = spill.count
        UTF8Repair.append(bytes, text, to: &spill)
        return place(from: start)
    }

    /// The canonical text of a bound (contract B11).
    @inline(__always)
    mutating func bound(_ value: Double) -> ByteRange { bounds.text(of: value, in: &spill, from: spillStart) }

    private mutating func append(_ text: String) -> ByteRange {
        let start = spill.count
        spill.append(contentsOf: text.utf8)
        return place(from: start)
    }

    private func place(from start: Int) -> ByteRange {
        ByteRange(offset: spillStart + start, count: spill.count - start)
    }
}
