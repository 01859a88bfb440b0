import Testing

@testable import RemoteWrite

@Suite("RW2: symbols")
struct SymbolTableTests {
    @Test func `each text stands there once, the empty one first`() {
        var table = SymbolTable()
        let texts = ["", "a", "b", "a", "", "a text of more than sixteen bytes", "a text of more than sixteen bytes"]
        let references = texts.map { text in
            let bytes = Array(text.utf8)
            return table.reference(to: bytes.span)
        }
        #expect(references == [0, 1, 2, 1, 0, 3, 3])
        #expect(table.count == 4)
        #expect(Array(table.fields.prefix(8)).hex == "2200220161220162")
    }

    @Test func `many texts are all found again, and a table that is emptied has none`() {
        var table = SymbolTable()
        for round in 0..<3 {
            table.removeAll(expecting: round * 1_000)
            for _ in 0..<2 {
                for number in 0..<5_000 {
                    let text = Array("text \(number)".utf8)
                    let reference = table.reference(to: text.span)
                    if Int(reference) != number + 1 { Issue.record("\(number) is \(reference)") }
                }
            }
            #expect(table.count == 5_001)
        }
        table.removeAll(expecting: 1)
        #expect(table.count == 1 && table.fields == [0x22, 0])
    }
}
