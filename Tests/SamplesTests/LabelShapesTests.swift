import Fixtures
@testable import Samples
import Testing

@Suite("Shapes of label names (G9)")
struct LabelShapesTests {
    @Test func `series of several shapes and widths take turns`() throws {
        var rows: [Row] = []
        for turn in 0..<5 {
            for width in [1, 2, 3, 15, 16, 17, 40] {
                for isReversed in [false, true] {
                    var row = Row("m\(turn)_\(width)_\(isReversed)")
                    // Two digits, so that the names' order is the numbers'.
                    row.labels = (10..<10 + width).map { (name: "l\($0)", value: "\(turn)") }
                    if isReversed { row.labels.reverse() }
                    rows.append(row)
                }
            }
        }
        let texts = try canonical(rows, under: Grouping("j", ["l11": "g"])).map(\.text)
        let expected = rows.map { row in
            let own = row.labels.filter { $0.name != "l11" }.sorted { $0.name < $1.name }
            return "\(row.name){\(own.map { "\($0.name)=\"\($0.value)\"" }.joined(separator: ","))}"
        }
        #expect(texts == expected)
    }

    @Test func `an empty value here and there changes nothing for the others of the shape`() throws {
        let rows = (0..<64).map { bits in
            var row = Row("m\(bits)")
            for place in 0..<6 {
                row.labels.append(
                    (name: ["f", "b", "e", "a", "d", "c"][place], value: bits >> place & 1 == 0 ? "" : "1"))
            }
            return row
        }
        let texts = try canonical(rows, under: Grouping("j", ["e": "g"])).map(\.text)
        for (row, text) in zip(rows, texts) {
            let own = row.labels.filter { $0.name != "e" && $0.value != "" }.map { "\($0.name)=\"1\"" }.sorted()
            #expect(text == row.name + (own.isEmpty ? "" : "{\(own.joined(separator: ","))}"))
        }
    }

    @Test func `every order of labels is brought into the one order`() throws {
        var random = SplitMix(state: 4)
        let names = ["a", "b", "c", "d", "e", "f", "g"]
        for _ in 0..<300 {
            var rows: [Row] = []
            for time in 0..<4 {
                var row = Row("m", at: Int64(time))
                row.labels = names.shuffled(using: &random).map { (name: $0, value: $0.uppercased()) }
                rows.append(row)
            }
            let text = #"m{a="A",b="B",d="D",f="F",g="G"}"#
            let series = try canonical(rows, under: Grouping("j", ["c": "x", "e": ""]))
            #expect(series.map(\.text) == [text])
            #expect(series.map(\.timestamps) == [[0, 1, 2, 3]])
        }
    }

    @Test func `the grouping overrides its own names and no others`() {
        let grouping = Grouping("x", ["instance": "1", "a": "", "zz": "2"])
        let names: [(String, Bool)] = [
            ("a", true), ("instance", true), ("job", true), ("zz", true), ("A", false), ("aa", false), ("", false),
            ("instanc", false), ("instances", false), ("z", false), ("zzz", false), ("jo", false),
        ]
        for (name, expected) in names {
            let bytes = Array("..\(name)..".utf8)
            let overrides = grouping.overrides(ByteRange(offset: 2, count: name.utf8.count), in: bytes.span)
            #expect(overrides == expected, "\(name)")
        }
    }
}
