import Fixtures
import Samples
import Testing

@testable import Exposition

@Suite("Buckets of native histograms in protobuf")
struct ProtobufBucketsTests {
    /// Buckets as a message has them.
    struct Sparse: Sendable {
        var spans: [(Int64, UInt64)]
        var values: [Int64]
    }

    private func buckets(_ sparse: Sparse, counts: [Double]? = nil, packed: Bool = false) throws -> ProtobufBuckets {
        let bytes = ProtobufWriter.message { writer in
            for (offset, length) in sparse.spans {
                writer.message(12) {
                    $0.zigZag(1, offset)
                    $0.varint(2, length)
                }
            }
            if let counts { counts.forEach { writer.double(14, $0) } }
            if packed {
                writer.run(13, ProtobufWriter.message { values in sparse.values.forEach { values.zigZag($0) } })
            } else if counts == nil {
                sparse.values.forEach { writer.zigZag(13, $0) }
            }
        }
        var buckets = ProtobufBuckets()
        var reader = ProtobufReader(0..<bytes.count)
        while !reader.isAtEnd { try buckets.read(bytes.span, try reader.varint(bytes.span) - 0x60, &reader) }
        return buckets
    }

    static let compact: [(Sparse, String)] = [
        (Sparse(spans: [(0, 2), (1, 2)], values: [1, 1, -1, 0]), "[0:2,1:2] 1,1,-1,0 = 5"),
        (Sparse(spans: [(0, 0)], values: []), "[]  = 0"),
        (Sparse(spans: [(5, 0), (3, 0), (2, 1)], values: [4]), "[10:1] 4 = 4"),
        (Sparse(spans: [(-3, 2), (0, 1)], values: [1, 0, 0]), "[-3:3] 1,0,0 = 3"),
        (Sparse(spans: [(2, 4)], values: [0, 3, -3, 2]), "[3:1,1:1] 3,-1 = 5"),
        (Sparse(spans: [(2, 2), (4, 2)], values: [0, 0, 0, 0]), "[]  = 0"),
        (Sparse(spans: [(0, 1), (2, 2), (1, 1)], values: [1, -1, 0, 7]), "[0:1,5:1] 1,6 = 8"),
        (Sparse(spans: [(-2_147_483_648, 1)], values: [1]), "[-2147483648:1] 1 = 1"),
        (Sparse(spans: [(2_147_483_647, 1)], values: [1]), "[2147483647:1] 1 = 1"),
    ]

    @Test(arguments: compact) func `only buckets with observations go on, in the fewest spans`(
        sparse: Sparse, expected: String
    ) throws {
        for packed in [false, true] {
            var batch = SampleBatch()
            var observed: UInt64 = 0
            let buckets = try buckets(sparse, packed: packed).addIntegers(to: &batch, observed: &observed)
            #expect(buckets.spans == batch.spans.indices && buckets.values == batch.deltas.indices)
            let spans = batch.spans.map { "\($0.offset):\($0.length)" }.joined(separator: ",")
            #expect("[\(spans)] \(batch.deltas.map { "\($0)" }.joined(separator: ",")) = \(observed)" == expected)
        }
        var batch = SampleBatch()
        batch.counts = [9]
        batch.spans = [.init(offset: 1, length: 1)]
        var count: Int64 = 0
        let counts = sparse.values.map { delta in
            count += delta
            return Double(count)
        }
        let buckets = try buckets(sparse, counts: counts).addFloats(to: &batch)
        let spans = batch.spans[buckets.spans].map { "\($0.offset):\($0.length)" }.joined(separator: ",")
        #expect(expected.hasPrefix("[\(spans)] ") && buckets.spans.lowerBound == 1 && buckets.values.lowerBound == 1)
        #expect(Array(batch.counts[buckets.values]) == counts.filter { $0 != 0 })
    }

    static let refused: [(Sparse, ProtobufError.Problem)] = [
        (Sparse(spans: [(0, 2)], values: [1]), .spans(buckets: 2, of: 1)),
        (Sparse(spans: [(0, 1)], values: [1, 1]), .spans(buckets: 1, of: 2)),
        (Sparse(spans: [(0, 4_294_967_295)], values: [1]), .spans(buckets: 4_294_967_295, of: 1)),
        (
            Sparse(spans: Array(repeating: (0, 4_294_967_295), count: 99), values: []),
            .spans(buckets: 425_201_762_205, of: 0)
        ),
        (Sparse(spans: [], values: [1]), .spans(buckets: 0, of: 1)),
        (Sparse(spans: [(0, 1), (-1, 1)], values: [1, 1]), .negativeOffset(-1)),
        (Sparse(spans: [(0, 1)], values: [-1]), .negativeBucket),
        (Sparse(spans: [(0, 2)], values: [3, -4]), .negativeBucket),
        (Sparse(spans: [(0, 2)], values: [.max, 1]), .negativeBucket),
        (Sparse(spans: [(0, 3)], values: [.max, 0, 0]), .countOverflow),
        (Sparse(spans: [(2_147_483_647, 2)], values: [1, 0]), .bucketOutOfRange),
        (Sparse(spans: [(2_147_483_647, 0), (1, 1)], values: [1]), .bucketOutOfRange),
        (Sparse(spans: [(-2_147_483_648, 1), (2_147_483_647, 1), (9, 1)], values: [1, -1, 1]), .bucketOutOfRange),
    ]

    @Test(arguments: refused) func `buckets that cannot be are refused`(sparse: Sparse, problem: ProtobufError.Problem)
        throws
    {
        let buckets = try buckets(sparse)
        #expect(throws: problem) {
            var batch = SampleBatch()
            var observed: UInt64 = 0
            _ = try buckets.addIntegers(to: &batch, observed: &observed)
        }
    }

    @Test func `a count in floating point may be NaN, and not negative`() throws {
        let sparse = Sparse(spans: [(0, 3)], values: [])
        var batch = SampleBatch()
        _ = try buckets(sparse, counts: [1, .nan, -0.0]).addFloats(to: &batch)
        #expect(batch.counts.map(\.bitPattern) == [Double(1).bitPattern, 0x7ff8_0000_0000_0001])
        let negative = try buckets(sparse, counts: [1, -1, 1])
        #expect(throws: ProtobufError.Problem.negativeBucket) { _ = try negative.addFloats(to: &batch) }
        let few = try buckets(sparse, counts: [1])
        #expect(throws: ProtobufError.Problem.spans(buckets: 3, of: 1)) { _ = try few.addFloats(to: &batch) }
    }
}
