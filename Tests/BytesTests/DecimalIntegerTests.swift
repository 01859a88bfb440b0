import Fixtures
import Bytes
import Testing

@Suite("Integers as Go's ParseInt reads them")
struct DecimalIntegerTests {
    private static func parse(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        return DecimalInteger.parse(bytes.span, 0..<bytes.count)
    }

    @Test(
        "an integer within 64 bits is read",
        arguments: [
            ("0", 0), ("-0", 0), ("+0", 0), ("7", 7), ("+7", 7), ("-7", -7), ("007", 7),
            ("1395066363000", 1_395_066_363_000),
            ("-3982045", -3_982_045), ("999999999999999999", 999_999_999_999_999_999),
            ("1000000000000000000", 1_000_000_000_000_000_000), ("9223372036854775807", .max),
            ("+9223372036854775807", .max), ("-9223372036854775807", -.max), ("-9223372036854775808", .min),
            ("0000000000000000000000000000000000000000000000000012", 12),
            ("-000000000000000000009223372036854775808", .min),
        ] as [(String, Int64)])
    func read(_ text: String, _ expected: Int64) { #expect(Self.parse(text) == expected) }

    @Test(
        "anything else is refused",
        arguments: [
            "", "+", "-", "--1", "+-1", "1-", "1+", "1.", "1.0", "1e3", ".5", "0x10", "1_000", " 1", "1 ", "1\t", "x",
            "1x",
            "NaN", "Inf", "9223372036854775808", "+9223372036854775808", "-9223372036854775809", "92233720368547758070",
            "18446744073709551616", "99999999999999999999999999", "-99999999999999999999999999", "1234567890123456789x",
            "x234567890123456789", "-x234567890123456789", "12345678901234567 9", "١", "１",
        ])
    func refused(_ text: String) { #expect(Self.parse(text) == nil) }

    @Test func `random integers of every length are what the standard library says`() {
        var random = SplitMix(state: 11)
        for _ in 0..<5_000 {
            let count = Int.random(in: 1...21, using: &random)
            let sign = ["", "-", "+"].randomElement(using: &random) ?? ""
            let text = sign + (0..<count).map { _ in String(Int.random(in: 0...9, using: &random)) }.joined()
            #expect(Self.parse(text) == Int64(text), "\(text)")
            let line = Array(".\(text)\n98765432109876543210987654321098765".utf8)
            let (value, end) = DecimalInteger.scan(line.span, from: 1)
            #expect(end == -1 || (end == 1 + text.utf8.count && value == Int64(text)), "\(text)")
        }
    }

    @Test func `a range of a longer text is read, and nothing beside it`() {
        let bytes = Array("123456789".utf8)
        #expect(DecimalInteger.parse(bytes.span, 2..<4) == 34)
        #expect(DecimalInteger.parse(bytes.span, 8..<9) == 9)
        #expect(DecimalInteger.parse(bytes.span, 9..<9) == nil)
    }

    @Test func `a scan ends behind the integer, or leaves it to parse`() {
        let bytes = Array("a -12\n1234567890123456789".utf8)
        #expect(DecimalInteger.scan(bytes.span, from: 2) == (-12, 5))
        #expect(DecimalInteger.scan(bytes.span, from: 3) == (12, 5))
        #expect(DecimalInteger.scan(bytes.span, from: 0).end == -1)
        #expect(DecimalInteger.scan(bytes.span, from: 6).end == -1)
        #expect(DecimalInteger.scan(bytes.span, from: 7) == (234_567_890_123_456_789, 25))
        #expect(DecimalInteger.scan(bytes.span, from: 25).end == -1)
    }
}
