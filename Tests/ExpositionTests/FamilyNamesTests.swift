import Samples
import Testing

@testable import Exposition

@Suite("The names of families in protobuf")
struct FamilyNamesTests {
    @Test func `each of many names is found again, as the first of its kind`() {
        let words = (0..<1000).map { "family_\($0)" }
        let bytes = Array(words.joined().utf8) + Array(words.joined().utf8)
        var table = FamilyNames()
        for _ in 0..<2 {
            table.removeAll()
            var families: [Family] = []
            var start = 0
            for (index, word) in (words + words).enumerated() {
                let name = ByteRange(start..<start + word.utf8.count)
                #expect(table.resolve(bytes.span, name, type: .gauge, in: &families) == index % words.count)
                start += word.utf8.count
            }
            #expect(families.count == words.count)
        }
    }

    @Test func `the type is that of the first who says one`() {
        let bytes: [UInt8] = [0x61]
        var table = FamilyNames()
        var families: [Family] = []
        for type in [nil, .gauge, .summary] as [MetricType?] {
            _ = table.resolve(bytes.span, ByteRange(0..<1), type: type, in: &families)
            #expect(families.map(\.type) == [type == nil ? .counter : .gauge])
        }
    }
}
