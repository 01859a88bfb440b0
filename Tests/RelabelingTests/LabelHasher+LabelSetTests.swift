import Samples
import Testing

@testable import Relabeling

@Suite("The hash of sets of labels")
struct LabelHasherLabelSetTests {
    private let hasher = LabelHasher.process

    private func hash(_ text: String) -> SeriesHash { hasher.hash(Labels.parse(text)) }

    @Test func `other labels have another hash`() {
        let texts = [
            "{}", #"{a="b"}"#, #"{b="a"}"#, #"{a="bc"}"#, #"{ab="c"}"#, #"{a="b",c="d"}"#, #"{a="d",c="b"}"#,
            #"{__name__="b"}"#, #"{a="12345678"}"#, #"{a="123456789"}"#, #"{a="1234567812345678"}"#,
            #"{a="12345678123456781"}"#,
        ]
        for (index, text) in texts.enumerated() {
            for other in texts[..<index] {
                #expect(hash(text).low != hash(other).low && hash(text).high != hash(other).high)
            }
        }
    }

    @Test func `a name is hashed once as long as it stands in the same place`() {
        var names = NameHashes()
        let bytes = Array("ab".utf8)
        let (first, second) = (ByteRange(offset: 0, count: 1), ByteRange(offset: 1, count: 1))
        for name in [first, first, second, first] {
            for place in [0, 1, 15, 16, 1000] {
                let expected = hasher.hash(bytes.span, name, salt: hasher.seed)
                #expect(names.label(name, at: place, in: bytes.span, by: hasher) == expected)
            }
            let expected = hasher.hash(bytes.span, name, salt: hasher.metricName)
            #expect(names.metric(name, in: bytes.span, by: hasher) == expected)
        }
    }
}
