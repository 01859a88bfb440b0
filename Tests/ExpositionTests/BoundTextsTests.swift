import Samples
import Testing

@testable import Exposition

@Suite("Canonical bounds (B11)")
struct BoundTextsTests {
    private func text(_ place: ByteRange, _ spill: [UInt8]) -> String {
        String(decoding: spill[Int(place.offset) - 100..<place.indices.upperBound - 100], as: UTF8.self)
    }

    @Test func `a bound is written once for each body, behind what is there`() {
        var bounds = BoundTexts()
        for _ in 0..<3 {
            bounds.begin()
            var spill = Array("before".utf8)
            let values = [0.005, 1, 1e6, .infinity, -0.0, 0, .nan]
            let places = values.map { bounds.text(of: $0, in: &spill, from: 100) }
            #expect(places.map { text($0, spill) } == ["0.005", "1.0", "1e+06", "+Inf", "0.0", "0.0", "NaN"])
            let written = spill
            #expect(values.map { bounds.text(of: $0, in: &spill, from: 100) } == places)
            #expect(spill == written)
        }
    }

    @Test func `more bounds than are remembered are right nevertheless`() {
        var bounds = BoundTexts()
        for body in 0..<3 {
            bounds.begin()
            var spill: [UInt8] = []
            for number in 0..<2000 {
                let value = Double(number + body * 1000) + 0.5
                #expect(text(bounds.text(of: value, in: &spill, from: 100), spill) == "\(value)")
            }
        }
    }
}
