import Samples
import Testing

@Suite("The one form of a batch (G9, B5, B6, B13)")
struct SampleBatchCanonicalTests {
    private func texts(_ rows: [Row], under grouping: Grouping = Grouping("j")) throws -> [String] {
        try canonical(rows, under: grouping).map(\.text)
    }

    @Test func `G9 labels of the grouping win over the body's`() throws {
        let grouping = Grouping("j", ["instance": "i", "zone": "z"])
        #expect(
            try texts([Row("up", ["job": "x", "a": "1", "zone": "y", "instance": ""])], under: grouping) == [
                #"up{a="1"}"#
            ])
    }

    @Test func `G9 labels without a value vanish, and those that the grouping empties`() throws {
        let grouping = Grouping("j", ["instance": ""])
        #expect(
            try texts([Row("up", ["a": "", "b": "1", "c": "", "instance": "i"])], under: grouping) == [#"up{b="1"}"#])
        #expect(try texts([Row("up", ["a": ""]), Row("down", ["instance": "i"])], under: grouping) == ["up", "down"])
    }

    @Test func `own labels are sorted by the bytes of their names`() throws {
        let row = Row("up", ["b": "1", "a": "2", "_": "3", "A": "4", "aa": "5", "é": "6", "a_": "7", "Z": "8"])
        #expect(try texts([row]) == [#"up{A="4",Z="8",_="3",a="2",a_="7",aa="5",b="1",é="6"}"#])
    }

    @Test func `series keep the order in which they first appeared`() throws {
        let rows = [Row("z"), Row("a", at: 2), Row("m", ["b": "1"]), Row("a", at: 1), Row("b")]
        #expect(try texts(rows) == ["z", "a", #"m{b="1"}"#, "b"])
    }

    static let duplicates: [(rows: [Row], series: String)] = [
        ([Row("up"), Row("up")], "up"),
        ([Row("up", [:], 1), Row("down"), Row("up", [:], 2)], "up"),
        ([Row("up", ["a": "1", "b": "2"]), Row("up", ["b": "2", "a": "1"])], #"up{a="1",b="2"}"#),
        ([Row("up", ["a": "1", "b": ""]), Row("up", ["a": "1"])], #"up{a="1"}"#),
        ([Row("up"), Row("up", ["a": "", "b": "", "c": ""])], "up"),
        ([Row("up", ["instance": "x", "a": "1"]), Row("up", ["a": "1", "instance": "y"])], #"up{a="1"}"#),
        ([Row("up", ["job": "x"]), Row("up")], "up"),
        ([Row("up", at: 5), Row("up", at: 6), Row("up", at: 5)], "up"),
        ([Row("up"), Row("up", at: 5), Row("up")], "up"),
        ([Row("up", at: .min), Row("up", at: .min)], "up"),
    ]

    @Test("B5 the same series twice at one time is refused by its name", arguments: duplicates)
    func duplicate(_ rows: [Row], _ series: String) {
        #expect(throws: BatchError.duplicateSeries(series)) {
            try canonical(rows, under: Grouping("j", ["instance": "i"]))
        }
    }

    @Test func `B5 the time of receipt is another time than any that is written`() throws {
        #expect(
            try canonical([Row("up", [:], 1), Row("up", [:], 2, at: 0), Row("up", [:], 3, at: .max)])
                == [Canonical(text: "up", values: [2, 3, 1], timestamps: [0, .max, nil])])
    }

    @Test func `B5 series that differ in a letter are not the same`() throws {
        let rows = [
            Row("up"), Row("uq"), Row("Up"), Row("up", ["a": "1"]), Row("up", ["a": "2"]), Row("up", ["b": "1"]),
            Row("up", ["a": "1", "b": "1"]), Row("up", ["a": "b1"]), Row("upa", ["b": "1"]), Row("up", ["ab": "1"]),
            Row("up", ["a": "2", "b": "1"]), Row("up", ["a": "1", "b": "2"]), Row("up", ["a": "1", "c": "2"]),
            Row("up", ["a": "0123456789abcdef0"]), Row("up", ["a": "0123456789abcdef1"]), Row("up", ["a": "\0"]),
            Row("up", ["a": "\0\0"]),
        ]
        #expect(try texts(rows).count == rows.count)
    }

    @Test(
        "B6 a reserved label is refused by its name",
        arguments: [
            (Row("up", ["__x": "1"]), "__x", #"up{__x="1"}"#), (Row("up", ["__": ""]), "__", #"up{__=""}"#),
            (Row("up", ["a": "1", "__name__": "x"]), "__name__", #"up{a="1",__name__="x"}"#),
            (Row("up", ["__own__": "1", "b": "2"]), "__own__", #"up{__own__="1",b="2"}"#),
        ])
    func reserved(_ row: Row, _ name: String, _ series: String) {
        let grouping = Grouping("j", ["__own__": "g"])
        #expect(throws: BatchError.reservedLabel(name: name, series: series)) {
            try canonical([Row("fine", ["a": "1"]), Row("fine", ["b": "1", "c": "2"]), row], under: grouping)
        }
    }

    @Test func `B6 one underscore is not reserved`() throws {
        #expect(try texts([Row("up", ["_x": "1", "_": "2", "x__": "3"])]) == [#"up{_="2",_x="1",x__="3"}"#])
    }

    @Test func `B13 samples of one series stand together, ascending by time, those of the receipt last`() throws {
        let rows = [
            Row("a", ["x": "1"], 1, at: 30), Row("b", [:], 2), Row("a", ["x": "1"], 3), Row("a", ["x": "1"], 4, at: -5),
            Row("b", [:], 5, at: 7), Row("c", [:], 6), Row("a", ["x": "1"], 7, at: 20),
        ]
        #expect(
            try canonical(rows) == [
                Canonical(text: #"a{x="1"}"#, values: [4, 7, 1, 3], timestamps: [-5, 20, 30, nil]),
                Canonical(text: "b", values: [5, 2], timestamps: [7, nil]),
                Canonical(text: "c", values: [6], timestamps: [nil]),
            ])
    }

    @Test func `B13 a series that has several samples already is sorted as well`() throws {
        var batch = SampleBatch([Row("a", [:], 1, at: 9), Row("b"), Row("a", [:], 3, at: 5)])
        batch.samples.swapAt(1, 2)
        batch.series = [batch.series[0], batch.series[1]]
        batch.series[0].samples = 0..<2
        batch.series[1].samples = 2..<3
        try batch.canonicalize(under: Grouping("j"))
        #expect(batch.canonical.map(\.values) == [[3, 1], [1]])
    }

    @Test func `an empty batch is canonical, and a canonical one stays as it is`() throws {
        #expect(try canonical([]) == [])
        var batch = SampleBatch([Row("b", ["z": "1", "a": "2"]), Row("a", at: 5), Row("a", at: 4)])
        try batch.canonicalize(under: Grouping("j"))
        let once = batch.canonical
        try batch.canonicalize(under: Grouping("j"))
        #expect(batch.canonical == once)
    }
}
