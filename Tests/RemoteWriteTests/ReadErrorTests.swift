import RemoteWrite
import Testing

@Suite("Why requests are not read, in words")
struct ReadErrorTests {
    @Test(arguments: [
        (
            ReadError.series(index: 3, labels: "m{a=\"b\"}", .unsortedLabel(name: "a", after: "b")),
            "series 3 m{a=\"b\"}: labels are not sorted: \"a\" stands after \"b\""
        ),
        (.truncated(offset: 4), "truncated: a field at byte 4 reaches past the end of its message"),
        (.varintTooLong(offset: 4), "varint at byte 4 has more than 64 bits"),
        (.invalidTag(offset: 4), "invalid tag at byte 4"),
        (.wrongWireType(field: "samples", offset: 4), "wrong wire type of samples at byte 4"),
        (.invalidUTF8(field: "label name", offset: 4), "label name at byte 4 is not valid UTF-8"),
        (.firstSymbolNotEmpty, "symbols must begin with the empty string"),
        (.duplicateSymbol("a\nb"), "symbol \"a\\nb\" occurs twice"),
        (.referenceOutOfRange(9, symbols: 3), "reference 9 points past the 3 symbols"),
        (.oddReferences(3), "labels_refs has an odd number of references: 3"),
        (.missingName, "label __name__ is missing"),
        (.emptyLabelName, "a label has an empty name"),
        (.emptyLabelValue(name: "a"), "label \"a\" has an empty value"),
        (.duplicateLabel(name: "a"), "label \"a\" occurs twice"),
        (.noSamples, "neither samples nor histograms"),
        (.samplesAndHistograms, "both samples and histograms"),
        (.outOfOrder(timestamp: 1, after: 2), "out of order: timestamp 1 stands after 2"),
        (.conflictingSamples(timestamp: 1), "samples of different values at the same timestamp 1"),
    ])
    func `each is one line`(error: ReadError, text: String) {
        #expect("\(error)" == text)
    }

    @Test func `long texts are shortened`() {
        let text = "\(ReadError.duplicateLabel(name: String(repeating: "x", count: 1_000_000)))"
        #expect(text.utf8.count < 200)
        #expect(text.contains("xxx..."))
    }

    @Test func `text that is not UTF-8 is refused, and where`() {
        // A label whose value is a lone continuation byte.
        let hex = "0a0b" + "0a09" + "0a0161" + "1204" + "62806364"
        #expect(throws: ReadError.series(index: 0, labels: "{}", .invalidUTF8(field: "label value", offset: 7))) {
            try WriteRequestReader.read([UInt8](hex: hex), version: .v1)
        }
    }
}
