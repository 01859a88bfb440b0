import Fixtures
import Bytes
import Glibc
import Testing

@Suite("Numbers as Go's ParseFloat reads them (B9)")
struct DecimalNumberTests {
    private static func parse(_ text: String) -> Double? {
        let bytes = Array(text.utf8)
        return DecimalNumber.parse(bytes.span, 0..<bytes.count)
    }

    /// The same bits, or the same refusal.
    private static func expect(_ text: String, _ expected: Double?, _ location: SourceLocation = #_sourceLocation) {
        #expect(parse(text)?.bitPattern == expected?.bitPattern, "\(text)", sourceLocation: location)
        // With room behind it, a scan may read whole blocks: what it tells must be the same.
        let line = Array(".\(text) 98765432109876543210987654321098765".utf8)
        let (value, end) = DecimalNumber.scan(line.span, from: 1)
        guard end >= 0, expected != nil || end == 1 + text.utf8.count else { return }
        #expect(end == 1 + text.utf8.count, "\(text)", sourceLocation: location)
        #expect(value.bitPattern == expected?.bitPattern, "\(text)", sourceLocation: location)
    }

    @Test(
        "every accepted spelling is its number",
        arguments: [
            ("1", 1), ("+1", 1), ("-1", -1), (".5", 0.5), ("5.", 5), ("-.5", -0.5), ("+5.e1", 50), ("00012", 12),
            ("1e3", 1000), ("1E3", 1000), ("1e+3", 1000), ("1e-3", 0.001), ("1e0003", 1000), ("1e00000003", 1000),
            ("0", 0), ("-0", -0.0), ("-0.0", -0.0), ("+0", 0), ("-.0e5", -0.0), ("0e400", 0), ("0e99999999999", 0),
            ("-0e-99999999999999999999", -0.0), ("9007199254740993", 9_007_199_254_740_992),
            ("9007199254740995", 9_007_199_254_740_996), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("2.2250738585072014e-308", .leastNormalMagnitude), ("5e-324", .leastNonzeroMagnitude),
            ("1609459200123", 1_609_459_200_123), ("12345678.87654321", 12_345_678.87654321),
        ])
    func accepted(_ text: String, _ expected: Double) { Self.expect(text, expected) }

    @Test(arguments: ["inf", "Inf", "INF", "+Inf", "+inf", "Infinity", "infinity", "+INFINITY", "iNf", "+iNFiNiTY"])
    func `infinity is a word in letters of either case`(_ text: String) { Self.expect(text, .infinity) }

    @Test(arguments: ["-inf", "-Inf", "-INFINITY", "-infinity"])
    func `infinity may be negative`(_ text: String) { Self.expect(text, -.infinity) }

    @Test(arguments: ["nan", "NaN", "NAN", "nAn"])
    func `every NaN is the ordinary one`(_ text: String) {
        #expect(DecimalNumber.nan.bitPattern == 0x7ff8_0000_0000_0001)
        Self.expect(text, DecimalNumber.nan)
    }

    @Test(
        "what Go refuses is refused",
        arguments: [
            "", ".", "+", "-", "+.", "-.", "1e", "e3", ".e3", "1e+", "1e-", "1,5", "--1", "+-1", "-+1", "1-", "1+1",
            "1..2", "1.2.3", "1e3.5", "1e3e3", "1ee3", "1 ", " 1", "1\t", "1\n", "1x", "1\0", "0x1p-2", "0x10", "0X1",
            "-0x1p0", "0b1", "0o7", "1_000", "1_0", "_1", "-NaN", "+NaN", "NaN(2)", "nan()", "nan1", "na", "n", "infin",
            "in", "i", "++inf", "inf ", "infinityx", "infinit", "+infinityy", "1inf", "١", "１", "½", "1e１", "ınf",
            "İnf", "∞", "1e400f", "1d3", "1p3", "1f", "12345678901234567890x", "123456789012345678901.5e", "1e99999x",
            "\u{feff}1",
        ])
    func refused(_ text: String) { Self.expect(text, nil) }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [[0xff], [0x31, 0xff], [0x31, 0x32, 0x33, 0x34, 0xc0], [0x80, 0x80, 0x80]] {
            #expect(DecimalNumber.parse(bytes.span, 0..<bytes.count) == nil)
        }
    }

    @Test(
        "an overflow is refused",
        arguments: [
            "1e400", "-1e400", "1e309", "1.7976931348623159e308", "1e99999999999999999999",
            "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330"
                + "2864166928879109465555478519404026306574886715058206819089020007083836762738548458177115317644757302700"
                + "6985557136695962284291481986083493647529271907416844436551070434271155969950809304288017790417449780000",
        ])
    func overflow(_ text: String) { Self.expect(text, nil) }

    @Test func `what underflows is zero with its sign`() {
        for text in ["1e-400", "2.4703282292062327e-324", "1e-99999999999999999999", "0." + zeros(400) + "1"] {
            Self.expect(text, 0)
            Self.expect("-" + text, -0.0)
        }
    }

    @Test func `any number of digits is read`() {
        Self.expect(zeros(1000) + "1.5" + zeros(1000), 1.5)
        Self.expect("1" + zeros(300), 1e300)
        Self.expect("0." + zeros(300) + "1", 1e-301)
        Self.expect("1" + zeros(400) + "e-400", 1)
        Self.expect("9007199254740993" + "." + zeros(800) + "1", 9_007_199_254_740_994)
        Self.expect("9007199254740993." + zeros(800), 9_007_199_254_740_992)
    }

    @Test func `a range of a longer text is read, and nothing beside it`() {
        let bytes = Array("98.5765e3".utf8)
        #expect(DecimalNumber.parse(bytes.span, 1..<4) == 8.5)
        #expect(DecimalNumber.parse(bytes.span, 1..<2) == 8)
        #expect(DecimalNumber.parse(bytes.span, 3..<3) == nil)
        #expect(DecimalNumber.parse(bytes.span, 8..<9) == 3)
    }

    @Test func `20,000 random numbers have the bits of the standard library's and the C library's`() {
        var random = SplitMix(state: 2026)
        var read = 0
        for _ in 0..<20_000 {
            let text = randomNumber(&random)
            guard let expected = Double(text), expected.isFinite else {
                Self.expect(text, nil)
                continue
            }
            read += 1
            Self.expect(text, expected)
            #expect(unsafe strtod(text, nil).bitPattern == expected.bitPattern, "\(text)")
        }
        #expect(read > 15_000)
    }

    @Test func `halfway between two doubles the even one is read, and a digit more decides`() {
        var random = SplitMix(state: 7)
        for _ in 0..<2_000 {
            let significand = UInt64.random(in: 1 << 52..<1 << 53, using: &random)
            let places = Int.random(in: 0...23, using: &random)
            // (2s + 1) / 2^places, exactly: (2s + 1) · 5^places, the point `places` digits from the end.
            var digits = UInt128(significand) * 2 + 1
            for _ in 0..<places { digits *= 5 }
            let text = withPoint(String(digits), places: places)
            let scale = Double(sign: .plus, exponent: 1 - places, significand: 1)
            let (lower, upper) = (Double(significand) * scale, Double(significand + 1) * scale)
            let even = significand.isMultiple(of: 2) ? lower : upper
            Self.expect(text, even)
            Self.expect(text + (places == 0 ? ".1" : "1"), upper)
            Self.expect(withPoint(String(digits - 1), places: places) + (places == 0 ? ".9" : "9"), lower)
        }
    }

    @Test func `19 and 20 digits are exact at both ends of the powers that 64 bits hold`() {
        let mantissas = [
            "9999999999999999999", "1000000000000000001", "9223372036854775807", "9223372036854775809",
            "18446744073709551615", "18446744073709551616", "99999999999999999999", "9007199254740993000",
            "0000000000000000001", "00000000000000000001",
        ]
        for mantissa in mantissas {
            for exponent in -345...310 {
                let text = "\(mantissa)e\(exponent)"
                let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
                Self.expect(text, expected)
            }
        }
    }

    @Test func `subnormals are exact`() {
        var random = SplitMix(state: 3)
        for _ in 0..<1_000 {
            let value = Double(bitPattern: UInt64.random(in: 1..<1 << 52, using: &random))
            Self.expect(value.description, value)
            Self.expect("-\(value)", -value)
        }
        // Halfway to the smallest one, and a little more.
        Self.expect("2.4703282292062328e-324", .leastNonzeroMagnitude)
    }

    @Test func `a scan ends behind the number, or leaves it to parse`() {
        func scan(_ text: String, from start: Int = 0) -> (value: Double, end: Int) {
            let bytes = Array(text.utf8)
            return DecimalNumber.scan(bytes.span, from: start)
        }
        #expect(scan("1.5 17") == (1.5, 3))
        #expect(scan("x -2e1\n", from: 2) == (-20, 6))
        #expect(scan("1x") == (1, 1))
        #expect(scan("12345678901234567890").end == -1)
        #expect(scan("NaN").end == -1)
        #expect(scan("1e").end == -1)
        #expect(scan("1e300").end == -1)
        #expect(scan("").end == -1)
        #expect(scan("1", from: 1).end == -1)
    }
}

private func zeros(_ count: Int) -> String { String(repeating: "0", count: count) }

/// Digits with a point before the last `places` of them.
private func withPoint(_ digits: String, places: Int) -> String {
    guard places > 0 else { return digits }
    let padded = zeros(max(0, places + 1 - digits.count)) + digits
    return padded.dropLast(places) + "." + padded.suffix(places)
}

/// A decimal number in any of the forms that Go reads.
private func randomNumber(_ random: inout SplitMix) -> String {
    if Int.random(in: 0..<5, using: &random) == 0 {
        return Double(bitPattern: random.next() & ~(1 << 62)).magnitude.description
    }
    var text = ["", "-", "+"].randomElement(using: &random) ?? ""
    let longest = [3, 10, 17, 18, 19, 20, 21, 40].randomElement(using: &random) ?? 3
    let count = Int.random(in: 1...longest, using: &random)
    let point = Int.random(in: -count...count, using: &random)
    for place in 0..<count {
        if place == point { text += "." }
        text += String(Int.random(in: 0...9, using: &random))
    }
    let reach = [0, 3, 22, 27, 30, 330].randomElement(using: &random) ?? 0
    if reach > 0 { text += "e\(Int.random(in: -reach...reach, using: &random))" }
    return text
}
