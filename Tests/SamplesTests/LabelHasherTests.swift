import Testing

@testable import Samples

@Suite("The hash of labels")
struct LabelHasherTests {
    private let hasher = LabelHasher.process

    @Test func `equal texts have equal hashes, wherever they stand`() {
        for count in 0...70 {
            let text = Array(repeating: UInt8(ascii: "x"), count: count)
            let padded = Array("ab".utf8) + text + Array("cdefghijklmnopqrstuvwxyz".utf8)
            let alone = hasher.hash(text.span, ByteRange(offset: 0, count: count), salt: hasher.seed)
            #expect(hasher.hash(padded.span, ByteRange(offset: 2, count: count), salt: hasher.seed) == alone)
        }
    }

    @Test func `every byte counts in each lane, and so do the length and the salt`() {
        for count in 0...70 {
            var text = Array(repeating: UInt8(0), count: count + 20)
            var hashes = [hash(text, count), hash(text, count, salt: hasher.metricName), hash(text, count + 1)]
            for place in 0..<count {
                text[place] = 1
                hashes.append(hash(text, count))
                text[place] = 0
            }
            #expect(Set(hashes.map(\.low)).count == hashes.count)
            #expect(Set(hashes.map(\.high)).count == hashes.count)
        }
    }

    @Test(arguments: [0, 1, 7, 8, 9, 16, 17, 40]) func `the low lane is what finds equal series`(count: Int) {
        let text = (0..<count).map { UInt8($0) }
        let range = ByteRange(offset: 0, count: count)
        let low = LowLane.hash(text.span, range, salt: hasher.seed, by: hasher)
        #expect(low == SeriesHash(low: hash(text, count).low, high: 0))
        #expect(BothLanes.hash(text.span, range, salt: hasher.seed, by: hasher) == hash(text, count))
    }

    private func hash(_ text: [UInt8], _ count: Int, salt: SeriesHash = LabelHasher.process.seed) -> SeriesHash {
        hasher.hash(text.span, ByteRange(offset: 0, count: count), salt: salt)
    }
}
