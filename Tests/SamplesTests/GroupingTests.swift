import Samples
import Testing

@Suite("The grouping key (G7, G9)")
struct GroupingTests {
    private func labels(_ grouping: Grouping) -> [String] {
        grouping.labels.map {
            "\(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
        }
    }

    @Test func `labels are sorted by the bytes of their names`() {
        let grouping = Grouping("j", ["z": "1", "a": "2", "_": "3", "A": "4", "aa": "5", "é": "6"])
        #expect(labels(grouping) == ["A=4", "_=3", "a=2", "aa=5", "job=j", "z=1", "é=6"])
    }

    @Test func `of a name given twice the last one wins`() {
        #expect(labels(Grouping("j", ["a": "1", "b": "2", "a": "3"])) == ["a=3", "b=2", "job=j"])
        #expect(labels(Grouping("j", ["a": "1", "a": ""])) == ["a=", "job=j"])
    }

    @Test func `no later label overrides the job`() {
        let grouping = Grouping("first", ["job": "second", "a": "1", "job": "third"])
        #expect(labels(grouping) == ["a=1", "job=first"])
        #expect(grouping.job == "first")
    }

    @Test func `the job is always there`() {
        #expect(labels(Grouping("")) == ["job="])
        #expect(Grouping("日本").job == "日本")
    }

    @Test func `an empty value is part of the key`() {
        let (with, without) = (Grouping("j", ["a": ""]), Grouping("j"))
        #expect(labels(with) == ["a=", "job=j"])
        #expect(with != without)
        #expect(with.hash != without.hash)
    }

    @Test func `equal keys have equal hashes, however they are written`() {
        let one = Grouping("j", ["a": "0", "b": "2", "c": "", "a": "1"])
        let other = Grouping("j", ["c": "", "a": "1", "job": "k", "b": "2"])
        #expect(one == other)
        #expect(one.hash == other.hash)
    }

    @Test func `what moves from a name to a value, or to a neighbour, is another key`() {
        let groupings = [
            Grouping("j"), Grouping("k"), Grouping("j", ["a": "b"]), Grouping("j", ["ab": ""]),
            Grouping("j", ["a": "bc"]),
            Grouping("j", ["a": "", "b": "c"]), Grouping("j", ["a": "b", "c": ""]), Grouping("ja", ["b": ""]),
        ]
        #expect(Set(groupings.map(\.hash)).count == groupings.count)
    }
}
