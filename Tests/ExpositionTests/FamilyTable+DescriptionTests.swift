import Samples
import Testing

@testable import Exposition

@Suite("What comments say of families")
struct FamilyTableDescriptionTests {
    private func resolve(_ name: String, in table: inout FamilyTable) -> Int {
        let bytes = Array(name.utf8)
        return table.resolve(bytes.span, bytes.indices, text: ByteRange(offset: 7, count: bytes.count))
    }

    private func table(_ name: String, _ type: MetricType) -> FamilyTable {
        var table = FamilyTable(.openMetrics)
        let family = table.names[resolve(name, in: &table)].family
        table.families[family].type = type
        table.setDescribed(family)
        return table
    }

    @Test(arguments: [
        ("c_total", MetricType.counter, FamilyTable.Role.total), ("c_created", .counter, .created),
        ("c_count", .counter, .own),
        ("c_count", .summary, .count), ("c_bucket", .summary, .own), ("c_created", .histogram, .created),
        ("c_bucket", .histogram, .bucket),
        ("c_gcount", .gaugeHistogram, .count), ("c_gsum", .gaugeHistogram, .sum), ("c_sum", .gaugeHistogram, .own),
        ("c_created", .gaugeHistogram, .own), ("c_info", .info, .info), ("c_total", .gauge, .own),
        ("_total", .counter, .own),
    ]) func `names belong to a family by their suffix, before TYPE and behind it`(
        name: String, type: MetricType, role: FamilyTable.Role
    ) {
        var table = table("c", type)
        let later = resolve(name, in: &table)
        #expect(table.names[later].role == role)
        #expect((table.names[later].family == 0) == (role != .own))

        table = FamilyTable(.openMetrics)
        let earlier = resolve(name, in: &table)
        #expect(table.names[earlier].role == .own)
        let family = table.names[resolve("c", in: &table)].family
        table.families[family].type = type
        table.adopt(into: family)
        #expect(table.names[earlier].role == role)
        #expect((table.names[earlier].family == family) == (role != .own))
        #expect(table.hasCreated == (role == .created))
        #expect(Array(table.text(ofFamily: family)) == Array("c".utf8))
    }

    @Test func `a comment makes a name a family of its own, for good`() {
        var table = table("c", .counter)
        let name = resolve("c_total", in: &table)
        let family = table.claim(name)
        table.setDescribed(family)
        table.setDescribed(family)
        table.adopt(into: 0)
        #expect(table.names[name].role == .own && table.names[name].family == family && family != 0)
        #expect(table.claim(name) == family)
        #expect(table.described == [0, family])
        #expect(Array(table.text(ofFamily: family)) == Array("c_total".utf8))
    }

    @Test func `descriptions have what is known, in the order of comments`() {
        var table = table("c", .counter)
        for name in ["b", "a"] { _ = resolve(name, in: &table) }
        table.families[2].help = ByteRange(offset: 1, count: 2)
        table.families[2].unit = ByteRange(offset: 3, count: 4)
        table.setDescribed(2)
        var descriptions: [Family] = []
        table.describe(into: &descriptions)
        #expect(descriptions.map(\.type) == [.counter, .unknown])
        #expect(descriptions.map(\.help) == [.none, ByteRange(offset: 1, count: 2)])
        #expect(descriptions.map(\.unit) == [.none, ByteRange(offset: 3, count: 4)])
        table.removeAll()
        #expect(table.described.isEmpty && !table.hasCreated)
    }
}
