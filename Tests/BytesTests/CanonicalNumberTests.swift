import Fixtures
import Bytes
import Foundation
import Testing

@Suite("Numbers as OpenMetrics writes them (B11)")
struct CanonicalNumberTests {
    @Test(
        "the form is Prometheus's",
        arguments: [
            (1, "1.0"), (0, "0.0"), (-0.0, "0.0"), (-1, "-1.0"), (0.5, "0.5"), (10, "10.0"), (100_000, "100000.0"),
            (999_999, "999999.0"), (1_000_000, "1e+06"), (1_234_567, "1.234567e+06"), (2_500_000, "2.5e+06"),
            (12_345_678.9, "1.23456789e+07"), (1e15, "1e+15"), (0.0001, "0.0001"), (0.00001, "1e-05"),
            (1.5e-7, "1.5e-07"), (999_999.5, "999999.5"), (0.00099, "0.00099"), (0.000099, "9.9e-05"), (0.1, "0.1"),
            (0.30000000000000004, "0.30000000000000004"), (1e21, "1e+21"), (1e100, "1e+100"), (1e-100, "1e-100"),
            (123_456.789, "123456.789"), (1e16, "1e+16"), (-2.5e6, "-2.5e+06"), (-0.25, "-0.25"),
            (.leastNonzeroMagnitude, "5e-324"),
            (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (.nan, "NaN"), (-.nan, "NaN"), (DecimalNumber.nan, "NaN"),
        ])
    func form(_ value: Double, _ expected: String) { #expect(CanonicalNumber.text(value) == expected) }

    @Test func `random numbers are laid out by the rule`() {
        var random = SplitMix(state: 5)
        for _ in 0..<5_000 {
            let value = randomDouble(&random)
            let text = CanonicalNumber.text(value)
            #expect(text == layout(value), "\(value)")
            #expect(Double(text)?.bitPattern == value.bitPattern)
        }
    }

    @Test(
        "canonical text of ordinary length shows at once",
        arguments: ["+Inf", "0.5", "1.0", "10.0", "999999.0", "0.0001", "0.005", "123456.789", "2.5", "0.99", "100.0"])
    func evident(_ text: String) { #expect(isEvident(text)) }

    @Test(
        "any other text is not taken for canonical",
        arguments: [
            "", "0", "1", "10", "1e0", "1.", ".5", "00.5", "01.0", "0.0", "0.50", "1.50", "1.00", "1000000.0",
            "1234567.5", "0.00001", "0.00000", "Inf", "+inf", "-Inf", "NaN", "+1.5", "-0.5", "1.5e3", "1..5", "1.2.3",
            "abc", "1,5", "+Infx", "+Inf ", " 1.5", "1.5 ", "..0", "0..", "x.0",
        ])
    func notEvident(_ text: String) { #expect(!isEvident(text)) }

    @Test func `what shows as canonical is canonical`() {
        var random = SplitMix(state: 6)
        let characters = Array("000001259..e+-")
        var seen = 0
        for _ in 0..<40_000 {
            let count = Int.random(in: 1...18, using: &random)
            let text = String((0..<count).compactMap { _ in characters.randomElement(using: &random) })
            guard isEvident(text) else { continue }
            seen += 1
            #expect(Double(text).map(CanonicalNumber.text) == text)
        }
        #expect(seen > 100)
    }

    private func isEvident(_ text: String) -> Bool {
        // What stands beside the range must not matter.
        let bytes = Array("9.\(text).9".utf8)
        return CanonicalNumber.isEvident(bytes.span, 2..<bytes.count - 2)
    }
}

private func randomDouble(_ random: inout SplitMix) -> Double {
    let bits = Double(bitPattern: random.next())
    if Bool.random(using: &random), bits.isFinite { return bits }
    let digits = Double(Int.random(in: 1...[9, 999, 99_999_999].randomElement(using: &random, or: 9), using: &random))
    let power = pow(10, Double(Int.random(in: -9...9, using: &random)))
    return Bool.random(using: &random) ? digits / power : -digits * power
}

extension [Int] {
    fileprivate func randomElement(using random: inout SplitMix, or other: Int) -> Int {
        randomElement(using: &random) ?? other
    }
}

/// The rule, by the C library: the fewest digits that read back, an exponent below 1e-4 and from 1e6 on.
private func layout(_ value: Double) -> String {
    let forms = (0...16).lazy.map { String(format: "%.\($0)e", value) }
    let scientific = forms.first { Double($0) == value } ?? ""
    let parts = scientific.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "" }
    guard (-4..<6).contains(exponent) else { return scientific }
    let places = parts[0].filter(\.isNumber).count - 1 - exponent
    return places > 0 ? String(format: "%.\(places)f", value) : String(format: "%.1f", value)
}
