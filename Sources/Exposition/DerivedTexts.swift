internal import Bytes
internal import Samples

/// The texts of a batch that do not stand in its body: names with a suffix, bounds of buckets and quantiles, mended
/// HELP texts.
///
/// A bound is written once for each body. Its text is remembered from body to body: bounds are nearly always the same.
struct DerivedTexts: Sendable {
    /// The canonical text of a bound.
    private struct Bound {
        var bits: UInt64 = 0
        var text: [UInt8] = []
        /// Where the text stands in the arena of the body with this number; 0 where it was never used.
        var place = ByteRange.none
        var body: UInt64 = 0
    }

    /// How many bounds have the same first place to be looked for.
    private static let ways = 8

    /// The texts, one after the other.
    private(set) var spill: [UInt8] = []
    private var spillStart = 0
    private var body: UInt64 = 0
    private var bounds = [Bound](repeating: Bound(), count: 32 * Self.ways)
    /// Which of the ways is given up next.
    private var oldest = 0
    /// The names `le` and `quantile`.
    private var boundNames: (le: ByteRange, quantile: ByteRange) = (.none, .none)

    /// Begins a body behind which the spill is going to stand in the arena, at `spillStart`.
    mutating func begin(spillStart: Int) {
        self.spillStart = spillStart
        body += 1
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
    mutating func bound(_ value: Double) -> ByteRange {
        let bits = value.bitPattern
        let first = Int(truncatingIfNeeded: (bits &* 0x9e37_79b9_7f4a_7c15) &>> 59) &* Self.ways
        for index in first..<first &+ Self.ways where bounds[index].bits == bits && bounds[index].body == body {
            return bounds[index].place
        }
        return addBound(value, from: first)
    }

    @inline(never)
    private mutating func addBound(_ value: Double, from first: Int) -> ByteRange {
        let ways = first..<first + Self.ways
        let known = ways.first { bounds[$0].body > 0 && bounds[$0].bits == value.bitPattern }
        let index = known ?? ways.first { bounds[$0].body == 0 } ?? first + oldest
        if known == nil {
            oldest = (oldest + 1) % Self.ways
            bounds[index].bits = value.bitPattern
            bounds[index].text = Array(CanonicalNumber.text(value).utf8)
        }
        let start = spill.count
        spill.append(contentsOf: bounds[index].text)
        bounds[index].place = place(from: start)
        bounds[index].body = body
        return bounds[index].place
    }

    private mutating func append(_ text: String) -> ByteRange {
        let start = spill.count
        spill.append(contentsOf: text.utf8)
        return place(from: start)
    }

    private func place(from start: Int) -> ByteRange {
        ByteRange(offset: spillStart + start, count: spill.count - start)
    }
}
