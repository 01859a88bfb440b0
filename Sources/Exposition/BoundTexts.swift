internal import Bytes
internal import Samples

/// The canonical texts of bounds of buckets and quantiles (contract B11).
///
/// A bound is written once for each body. Its text is remembered from body to body: bounds are nearly always the same.
struct BoundTexts: Sendable {
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

    private var body: UInt64 = 0
    private var bounds = [Bound](repeating: Bound(), count: 32 * Self.ways)
    /// Which of the ways is given up next.
    private var oldest = 0

    /// Begins a body.
    mutating func begin() { body += 1 }

    /// The canonical text of a bound, which is appended to the spill where this body had none like it; the spill is
    /// going to stand in the arena from `start` on.
    @inline(__always)
    mutating func text(of value: Double, in spill: inout [UInt8], from start: Int) -> ByteRange {
        let bits = value.bitPattern
        let first = Int(truncatingIfNeeded: (bits &* 0x9e37_79b9_7f4a_7c15) &>> 59) &* Self.ways
        for index in first..<first &+ Self.ways where bounds[index].bits == bits && bounds[index].body == body {
            return bounds[index].place
        }
        return write(value, at: first, to: &spill, from: start)
    }

    @inline(never)
    private mutating func write(
        _ value: Double, at first: Int, to spill: inout [UInt8], from start: Int
    ) -> ByteRange {
        let ways = first..<first + Self.ways
        let known = ways.first { bounds[$0].body > 0 && bounds[$0].bits == value.bitPattern }
        let index = known ?? ways.first { bounds[$0].body == 0 } ?? first + oldest
        if known == nil {
            oldest = (oldest + 1) % Self.ways
            bounds[index].bits = value.bitPattern
            bounds[index].text = Array(CanonicalNumber.text(value).utf8)
        }
        let place = ByteRange(offset: start + spill.count, count: bounds[index].text.count)
        spill.append(contentsOf: bounds[index].text)
        bounds[index].place = place
        bounds[index].body = body
        return place
    }
}
