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
}
