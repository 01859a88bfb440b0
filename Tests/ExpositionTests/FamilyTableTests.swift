import Samples
import Testing

@testable import Exposition

@Suite("The table of families")
struct FamilyTableTests {
    private func table() -> FamilyTable {
        var table = FamilyTable(.prometheus)
        table.removeAll()
        return table
    }

    private func resolve(_ name: String, in table: inout FamilyTable) -> FamilyTable.Name {
        let bytes = Array(("{" + name + "}").utf8)
        let range = 1..<bytes.count - 1
        let index = table.resolve(bytes.span, range, text: ByteRange(offset: 7, count: range.count))
        return table.names[index]
    }

    @Test(arguments: [
        ("h_count", MetricType.histogram, FamilyTable.Role.count), ("h_sum", .histogram, .sum),
        ("h_bucket", .histogram, .bucket), ("h_bucket", .gaugeHistogram, .bucket), ("h_count", .summary, .count),
        ("h_sum", .summary, .sum), ("h_bucket", .summary, .own), ("h_count", .counter, .own), ("h_sum", .unknown, .own),
        ("h_counts", .histogram, .own), ("h_created", .histogram, .own), ("h_count_sum", .histogram, .own),
        ("H_count", .histogram, .own), ("_count", .histogram, .own), ("hcount", .histogram, .own),
        ("h", .histogram, .own),
    ]) func `a suffix makes a name part of a histogram or summary`(
        name: String, type: MetricType, role: FamilyTable.Role
    ) {
        var table = table()
        let family = resolve("h", in: &table).family
        table.families[family].type = type
        let found = resolve(name, in: &table)
        #expect(found.role == role)
        #expect((found.family == family) == (role != .own || name == "h"))
        #expect(Array(table.text(ofFamily: found.family)) == Array((found.family == family ? "h" : name).utf8))
    }

    @Test func `what a name is settles when it is there first`() {
        var table = table()
        let early = resolve("h_count", in: &table)
        let family = resolve("h", in: &table).family
        table.families[family].type = .histogram
        #expect(resolve("h_count", in: &table).family == early.family)
        #expect(resolve("h_sum", in: &table).family == family)
        // A name that is part of a family is no family to be part of.
        #expect(resolve("h_sum_sum", in: &table).role == .own)
    }

    @Test func `thousands of names are found again, and forgotten`() {
        var table = table()
        for round in 0..<2 {
            for index in 0..<5000 { #expect(resolve("name_\(index)", in: &table).family == index, "round \(round)") }
            #expect(table.names.count == 5000)
        }
        #expect(resolve("name_4999", in: &table).text == ByteRange(offset: 7, count: 9))
        table.removeAll()
        #expect(table.names.isEmpty && table.families.isEmpty)
        #expect(resolve("name_4999", in: &table).family == 0)
    }
}
