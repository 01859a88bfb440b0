import Samples
import Testing

@Suite("Hashes of short texts")
struct ByteHasherTests {
    private let hasher = ByteHasher.process

    private func hash(_ bytes: [UInt8], _ offset: Int, _ count: Int, salt: UInt64 = ByteHasher.process.seed) -> UInt64 {
        hasher.hash(bytes.span, ByteRange(offset: offset, count: count), salt: salt)
    }

    @Test func `equal texts have equal hashes, wherever they stand`() {
        for count in 0...70 {
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 41 &+ 200) }
            let alone = hash(text, 0, count)
            for (before, behind) in [(0, 1), (1, 0), (3, 7), (0, 16), (9, 15), (5, 40)] {
                let bytes = Array(repeating: 0xaa, count: before) + text + Array(repeating: 0x55, count: behind)
                #expect(hash(bytes, before, count) == alone)
            }
        }
    }

    @Test func `every byte counts, and so do the length and the salt`() {
        for count in 0...70 {
            var text = Array(repeating: UInt8(0), count: count + 20)
            var hashes = [
                hash(text, 0, count), hash(text, 0, count, salt: hasher.combine(1, 2)), hash(text, 0, count + 1),
            ]
            for place in 0..<count {
                text[place] = 1
                hashes.append(hash(text, 0, count))
                text[place] = 0x80
                hashes.append(hash(text, 0, count))
                text[place] = 0
            }
            #expect(Set(hashes).count == hashes.count)
        }
    }

    @Test func `two hashes make one in their order`() {
        #expect(hasher.combine(1, 2) == hasher.combine(1, 2))
        #expect(hasher.combine(1, 2) != hasher.combine(2, 1))
        #expect(hasher.combine(1, 2) != hasher.combine(1, 3))
        #expect(hasher.combine(0, 0) != hasher.combine(0, 1))
    }

    @Test func `the hashes of many alike texts differ, in their lower bits too`() {
        let bytes = Array((10_000..<20_000).map(String.init).joined().utf8)
        let hashes = (0..<10_000).map { hash(bytes, 5 * $0, 5, salt: hasher.seed) }
        #expect(Set(hashes).count == 10_000)
        // Of 10,000 among 65,536 places some 700 meet by chance; one product mixes texts that are so alike a little less.
        #expect(Set(hashes.map { $0 & 0xffff }).count > 5_000)
        #expect(Set(hashes.map { $0 >> 48 }).count > 5_000)
    }
}
