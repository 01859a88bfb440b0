@testable import Samples
import Testing

@Suite("Texts compared by words")
struct SpanWordsTests {
    private func compare(_ first: String, _ second: String) -> Int {
        let bytes = Array((first + second).utf8)
        let count = first.utf8.count
        return bytes.span.compare(
            ByteRange(offset: 0, count: count), ByteRange(offset: count, count: bytes.count - count))
    }

    @Test func `eight bytes are a number, the first the lowest`() {
        let bytes: [UInt8] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0xff]
        #expect(bytes.span.load64(1) == 0x0807_0605_0403_0201)
        #expect(bytes.span.load64(2) == 0xff08_0706_0504_0302)
    }

    @Test func `a number that the span does not hold is our own mistake and traps`() async {
        await #expect(processExitsWith: .failure) { _ = Array(repeating: UInt8(0), count: 8).span.load64(1) }
        await #expect(processExitsWith: .failure) { _ = Array(repeating: UInt8(0), count: 8).span.load64(-1) }
    }

    @Test func `texts are equal wherever they stand, and differ in any bit`() {
        for count in 0...70 {
            for behind in [0, 1, 15, 16, 30] {
                let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 59 &+ 3) }
                var bytes = [1] + text + [2, 3] + text + Array(repeating: 4, count: behind)
                let (first, second) = (ByteRange(offset: 1, count: count), ByteRange(offset: count + 3, count: count))
                let areEqual = bytes.span.areEqual(first, second)
                #expect(areEqual)
                for place in 0..<count {
                    bytes[count + 3 + place] ^= 0x80
                    let areEqual = bytes.span.areEqual(first, second)
                    #expect(!areEqual)
                    bytes[count + 3 + place] ^= 0x80
                }
                guard count > 0 else { continue }
                let isPrefixEqual = bytes.span.areEqual(first, ByteRange(offset: count + 3, count: count - 1))
                #expect(!isPrefixEqual)
            }
        }
    }

    @Test func `texts are ordered by the values of their bytes`() {
        let texts = ["", "A", "AA", "B", "Z", "_", "_a", "a", "a_", "aa", "z", "é", "日"]
        for (place, text) in texts.enumerated() {
            for (otherPlace, other) in texts.enumerated() {
                #expect(compare(text, other).signum() == (place - otherPlace).signum(), "\(text), \(other)")
            }
        }
    }
}
