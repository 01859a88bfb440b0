import Fixtures
import Testing

@testable import Relabeling

@Suite("A set of labels")
struct LabelSetTests {
    @Test func `is sorted, has each name once, and nothing without a value`() {
        var labels = LabelSet()
        for (name, value) in [("b", "1"), ("a", "2"), ("c", ""), ("b", "3"), ("a", ""), ("", "4"), ("A", "5")] {
            labels.set(Array(name.utf8), to: Array(value.utf8))
        }
        #expect(Labels.text(labels) == #"{A="5",b="3"}"#)
        #expect(labels.size == 4)
        #expect(labels[Array("b".utf8)] == Array("3".utf8))
        #expect(labels[Array("z".utf8)] == [])
    }

    @Test(arguments: 0..<50) func `many at once are the same as one after the other`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let text = { (count: Int) in (0..<count).map { _ in UInt8.random(in: 97...99, using: &random) } }
        var one = LabelSet()
        one.set(text(1), to: text(1))
        var many = one
        var others: [LabelSet.Label] = []
        for number in 0..<30 {
            let (name, value) = (text(seed % 2 == 0 ? 1 : 2), text(number.isMultiple(of: 3) ? 0 : 1))
            others.append(LabelSet.Label(name: name, value: value))
        }
        for label in others { one.set(label.name, to: label.value) }
        many.set(others)
        #expect(one == many)
    }

    @Test func `what is internal goes, but for the name`() {
        var labels = Labels.parse(#"{__name__="m",__tmp="1",_a="2",__="3"}"#)
        labels.removeInternal()
        #expect(Labels.text(labels) == #"{__name__="m",_a="2"}"#)
        #expect(labels.size == 12)
    }
}
