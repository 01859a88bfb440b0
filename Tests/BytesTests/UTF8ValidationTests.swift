import Fixtures
import Bytes
import Testing

@Suite("UTF-8, strictly")
struct UTF8ValidationTests {
    /// The standard library's verdict on the bytes alone, among others, and as the range of a longer text.
    private func expectAgreement(_ bytes: [UInt8], _ location: SourceLocation = #_sourceLocation) {
        let expected = String(validating: bytes, as: UTF8.self) != nil
        #expect(UTF8Validation.isValid(bytes) == expected, "\(bytes)", sourceLocation: location)
        for before in [1, 15, 16, 70] {
            let ascii = Array(repeating: UInt8(ascii: "a"), count: before)
            #expect(UTF8Validation.isValid(ascii + bytes + ascii) == expected, "\(bytes)", sourceLocation: location)
            let among = [0xff] + ascii + bytes + ascii + [0x80]
            let isValid = UTF8Validation.isValid(among.span, 1..<among.count - 1)
            #expect(isValid == expected, "\(bytes)", sourceLocation: location)
        }
    }

    @Test(
        "what is valid is accepted",
        arguments: [
            "", "a", "\0", "\u{7f}", "\u{80}", "\u{7ff}", "\u{800}", "\u{d7ff}", "\u{e000}", "\u{ffff}",
            "\u{10000}", "\u{10ffff}", "日本語", "👩‍👩‍👧‍👧", "e\u{301}",
        ])
    func valid(_ text: String) {
        #expect(UTF8Validation.isValid(Array(text.utf8)))
        expectAgreement(Array(text.utf8))
    }

    static let invalid: [[UInt8]] = [
        [0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xe0, 0x80, 0x80], [0xe0, 0x9f, 0xbf], [0xf0, 0x80, 0x80, 0x80],
        [0xf0, 0x8f, 0xbf, 0xbf], [0xed, 0xa0, 0x80], [0xed, 0xbf, 0xbf], [0xed, 0xa0, 0x80, 0xed, 0xb0, 0x80],
        [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xfe], [0xff], [0xc3],
        [0xe2, 0x82], [0xe2], [0xf0, 0x9f, 0x98], [0xf0, 0x9f], [0xf0], [0xc3, 0x41], [0xe2, 0x82, 0x41],
        [0xc3, 0xc3, 0xa9], [0xc3, 0xa9, 0xa9],
    ]

    @Test("overlong forms, surrogates, what is cut short or above U+10FFFF is refused", arguments: invalid)
    func refused(_ bytes: [UInt8]) {
        #expect(!UTF8Validation.isValid(bytes))
        expectAgreement(bytes)
    }

    @Test func `every two bytes are judged as by the standard library`() {
        for first in UInt8.min ... .max {
            for second in UInt8.min ... .max {
                let bytes = [first, second]
                #expect(UTF8Validation.isValid(bytes) == (String(validating: bytes, as: UTF8.self) != nil))
            }
        }
    }

    @Test func `random bytes are judged as by the standard library`() {
        var random = SplitMix(state: 8)
        let pool: [UInt8] = [
            0x41, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf3, 0xf4,
        ]
        for _ in 0..<5_000 {
            let count = Int.random(in: 0...6, using: &random)
            expectAgreement((0..<count).map { _ in pool.randomElement(using: &random) ?? 0 })
        }
    }

    @Test func `a character that the end of the range cuts is refused`() {
        let bytes = Array("aé".utf8)
        #expect(UTF8Validation.isValid(bytes.span, 0..<1) == true)
        #expect(UTF8Validation.isValid(bytes.span, 0..<2) == false)
        #expect(UTF8Validation.isValid(bytes.span, 0..<3) == true)
        #expect(UTF8Validation.isValid(bytes.span, 2..<3) == false)
        #expect(UTF8Validation.isValid(bytes.span, 2..<2) == true)
    }
}
