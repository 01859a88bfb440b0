import Fixtures
import Bytes
import CScan
import Testing

@Suite("Scans of whole blocks find what their byte-by-byte twins find")
struct BlockScannerTests {
    /// Random texts in which a stop is rare, of every length up to 200.
    private static func texts(_ common: [UInt8], stops: [UInt8], seed: UInt64) -> [[UInt8]] {
        var random = SplitMix(state: seed)
        return (0...200).map { count in
            (0..<count).map { _ in
                let pool = Int.random(in: 0..<40, using: &random) == 0 ? stops : common
                return pool.randomElement(using: &random) ?? 0
            }
        }
    }

    private func repeats(_ bytes: [UInt8], _ range: Range<Int>, at start: Int) -> Bool {
        BlockScanner.repeats(bytes.span, range, at: start)
    }

    private func areEqual(_ bytes: [UInt8], _ range: Range<Int>, _ others: [UInt8], _ other: Range<Int>) -> Bool {
        BlockScanner.areEqual(bytes.span, range, others.span, other)
    }

    @Test func `the end of quoted text, and of what is plain in it`() {
        let stops = Array("\"\\\n".utf8) + [0xc3, 0xff, 0x80]
        for text in Self.texts(Array("ab !#[]\t/z".utf8) + [0x0b, 0x21, 0x23, 0x5d], stops: stops, seed: 1) {
            for start in 0...text.count {
                let twins = unsafe text.withUnsafeBufferPointer { buffer in
                    unsafe (
                        quoted: cscan_scalar_quoted_end(buffer.baseAddress, start, buffer.count),
                        plain: cscan_scalar_plain_end(buffer.baseAddress, start, buffer.count)
                    )
                }
                #expect(BlockScanner.quotedEnd(text.span, from: start) == twins.quoted)
                #expect(BlockScanner.plainEnd(text.span, from: start) == twins.plain)
            }
        }
    }

    @Test func `how often a byte is there`() {
        for text in Self.texts(Array("ab\"".utf8), stops: Array("\"\n".utf8), seed: 3) {
            for byte in Array("\"az".utf8) {
                #expect(BlockScanner.occurrences(of: byte, in: text.span) == text.count { $0 == byte })
            }
        }
        // More than counters of a byte hold.
        for count in [255 * 16 - 1, 255 * 16, 256 * 16 + 7, 100_000] {
            let text = Array(repeating: UInt8(ascii: "\""), count: count)
            #expect(BlockScanner.occurrences(of: UInt8(ascii: "\""), in: text.span) == count)
            #expect(BlockScanner.occurrences(of: 0xff, in: text.span) == 0)
        }
    }

    @Test func `only a quote, a backslash and a line feed end quoted text, at every place`() {
        for byte in UInt8.min ... .max {
            for place in [0, 1, 15, 16, 17, 31, 32, 39] {
                var text = Array(repeating: UInt8(ascii: "a"), count: 40)
                text[place] = byte
                let stops = [0x22, 0x5c, 0x0a].contains(byte)
                #expect(BlockScanner.quotedEnd(text.span, from: 0) == (stops ? place : 40))
                #expect(BlockScanner.plainEnd(text.span, from: 0) == (stops || byte >= 0x80 ? place : 40))
            }
        }
    }

    @Test func `the end of a name`() {
        for text in Self.texts(Array("azAZ09_:mM5".utf8), stops: Array("{ /;@[`\n".utf8) + [0xe1, 0xff], seed: 2) {
            for start in 0...text.count {
                let twin = unsafe text.withUnsafeBufferPointer { buffer in
                    unsafe cscan_scalar_name_end(buffer.baseAddress, start, buffer.count)
                }
                #expect(BlockScanner.nameEnd(text.span, from: start) == twin)
            }
        }
    }

    @Test func `only letters, digits, the underscore and the colon are of a name, at every place`() {
        let name = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:".utf8)
        for byte in UInt8.min ... .max {
            for place in [0, 1, 15, 16, 17, 31, 32, 39] {
                var text = Array(repeating: UInt8(ascii: "a"), count: 40)
                text[place] = byte
                #expect(BlockScanner.nameEnd(text.span, from: 0) == (name.contains(byte) ? 40 : place))
            }
        }
    }

    @Test func `the first byte of a value`() {
        for byte: UInt8 in [0, 0x0a, 0x7f, 0x80, 0xff] {
            for text in Self.texts([1, 0x0b, 0x09, 0x7e, 0x81, 0xfe], stops: [byte], seed: UInt64(byte)) {
                for start in 0...text.count {
                    let expected = text[start...].firstIndex(of: byte) ?? text.count
                    #expect(BlockScanner.find(byte, in: text.span, from: start) == expected)
                }
            }
        }
    }

    @Test func `ASCII alone`() {
        for text in Self.texts([0, 0x41, 0x7f], stops: [0x41, 0x7f, 0x80], seed: 3) {
            for start in stride(from: 0, through: text.count, by: 3) {
                for end in stride(from: start, through: text.count, by: 7) {
                    let expected = text[start..<end].allSatisfy { $0 < 0x80 }
                    #expect(BlockScanner.isASCII(text.span, start..<end) == expected)
                }
            }
        }
    }

    @Test func `a text that stands again is seen, and one that differs in a bit is not`() {
        for count in 0...70 {
            for gap in [0, 1, 15] {
                for behind in [0, 1, 15, 16, 17] {
                    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
                    let start = 2 + count + gap
                    var bytes = [9, 9] + text + Array(repeating: 8, count: gap) + text
                    bytes += Array(repeating: 7, count: behind)
                    #expect(repeats(bytes, 2..<2 + count, at: start))
                    for place in 0..<count {
                        bytes[start + place] ^= 0x80
                        #expect(!repeats(bytes, 2..<2 + count, at: start))
                        bytes[start + place] ^= 0x80
                    }
                    #expect(!repeats(bytes, 2..<2 + count, at: bytes.count - count + 1) || count == 0)
                }
            }
        }
    }

    @Test func `two texts are the same or differ in a bit`() {
        for count in 0...70 {
            for (before, behind) in [(0, 0), (3, 0), (0, 20), (5, 20)] {
                let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ 1) }
                let bytes = Array(repeating: 1, count: before) + text + Array(repeating: 2, count: behind)
                var others = [4] + text + [5]
                #expect(areEqual(bytes, before..<before + count, others, 1..<1 + count))
                #expect(!areEqual(bytes, before..<before + count, others, 0..<1 + count))
                for place in 0..<count {
                    others[1 + place] ^= 1
                    #expect(!areEqual(bytes, before..<before + count, others, 1..<1 + count))
                    others[1 + place] ^= 1
                }
            }
        }
    }

    @Test func `an empty text has its end at its beginning`() {
        let none: [UInt8] = []
        #expect(BlockScanner.quotedEnd(none.span, from: 0) == 0)
        #expect(BlockScanner.nameEnd(none.span, from: 0) == 0)
        #expect(BlockScanner.find(0, in: none.span, from: 0) == 0)
        #expect(BlockScanner.isASCII(none.span, 0..<0) == true)
        #expect(areEqual(none, 0..<0, none, 0..<0))
    }

    @Test func `an index out of bounds is our own mistake and traps`() async {
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.nameEnd(bytes.span, from: 3)
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.quotedEnd(bytes.span, from: -1)
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.find(0, in: bytes.span, from: .max)
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.isASCII(bytes.span, 0..<3)
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.areEqual(bytes.span, 1..<3, bytes.span, 0..<2)
        }
        await #expect(processExitsWith: .failure) {
            let bytes: [UInt8] = [1, 2]
            _ = BlockScanner.repeats(bytes.span, 1..<3, at: 0)
        }
    }
}
