import Testing

@testable import Exposition

@Suite("Texts that are no UTF-8 (B4)")
struct UTF8RepairTests {
    @Test(
        arguments: [
            ([], ""), ([0x61], "a"), ([0xff], "\u{fffd}"), ([0xff, 0xff, 0xff], "\u{fffd}"),
            ([0x61, 0xff, 0x62, 0xff], "a\u{fffd}b\u{fffd}"), ([0xc3], "\u{fffd}"), ([0xc3, 0xa9, 0xc3], "é\u{fffd}"),
            ([0xe2, 0x82, 0x61], "\u{fffd}a"), ([0xed, 0xa0, 0x80, 0x61], "\u{fffd}a"),
            ([0xf0, 0x9f, 0x9a, 0x80, 0xf0, 0x9f, 0x9a], "\u{1f680}\u{fffd}"), ([0xc0, 0xaf, 0x2f], "\u{fffd}/"),
        ] as [([UInt8], String)]) func `one U+FFFD stands for bytes side by side that are none`(
            bytes: [UInt8], text: String
        )
    {
        var repaired: [UInt8] = [0x3e]
        // What stands around the text is not looked at.
        let around = [0x80] + bytes + [0x80]
        UTF8Repair.append(around.span, 1..<bytes.count + 1, to: &repaired)
        #expect(String(decoding: repaired, as: UTF8.self) == ">" + text)
        #expect(repaired.count == 1 + text.utf8.count)
    }
}
