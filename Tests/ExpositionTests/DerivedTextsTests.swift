import Samples
import Testing

@testable import Exposition

@Suite("Texts that do not stand in the body")
struct DerivedTextsTests {
    /// The text of a range, of an arena in which the spill begins at 100.
    private func text(_ range: ByteRange, _ texts: DerivedTexts) -> String {
        String(decoding: texts.spill[Int(range.offset) - 100..<range.indices.upperBound - 100], as: UTF8.self)
    }

    @Test func `a bound is written once for each body`() {
        var texts = DerivedTexts()
        for _ in 0..<3 {
            texts.begin(spillStart: 100)
            let first = [0.005, 1, 1e6, .infinity, -0.0, 0].map { texts.bound($0) }
            #expect(first.map { text($0, texts) } == ["0.005", "1.0", "1e+06", "+Inf", "0.0", "0.0"])
            let count = texts.spill.count
            #expect([0.005, 1, 1e6, .infinity, -0.0, 0].map { texts.bound($0) } == first)
            #expect(texts.spill.count == count)
            texts.forget()
        }
    }

    @Test func `more bounds than are remembered are right nevertheless`() {
        var texts = DerivedTexts()
        for body in 0..<3 {
            texts.begin(spillStart: 100)
            for number in 0..<2000 {
                let place = texts.bound(Double(number + body * 1000) + 0.5)
                #expect(text(place, texts) == "\(Double(number + body * 1000) + 0.5)")
            }
            texts.forget()
        }
    }

    @Test func `names of labels are written where they are asked for, and once`() {
        var texts = DerivedTexts()
        texts.begin(spillStart: 100)
        #expect(texts.spill.isEmpty)
        let (le, quantile) = (texts.le, texts.quantile)
        #expect(text(le, texts) == "le" && text(quantile, texts) == "quantile")
        #expect(texts.le == le && texts.quantile == quantile && texts.spill.count == 10)
        texts.forget()
        texts.begin(spillStart: 200)
        #expect(texts.quantile.offset == 200)
    }

    @Test func `a text is taken from the body where it is good`() {
        let bytes = Array("good".utf8) + [0xff]
        var texts = DerivedTexts()
        texts.begin(spillStart: 100)
        #expect(texts.valid(bytes.span, 0..<4) == ByteRange(0..<4) && texts.spill.isEmpty)
        let mended = texts.valid(bytes.span, 2..<5)
        #expect(text(mended, texts) == "od\u{fffd}")
        let suffixed = texts.append(bytes.span, ByteRange(0..<4), "_sum")
        #expect(text(suffixed, texts) == "good_sum")
    }
}
