import Exposition
import Samples
import Testing

@Suite("What HELP says (B4, B12)")
struct TextLinesHelpTests {
    @Test(arguments: [
        ("text", "text"), ("two  words", "two  words"), ("a\\\\b\\nc\\\"d", "a\\b\nc\"d"), ("\\\\n", "\\n"),
        ("\\\\\\n", "\\\n"), ("\\q", "\\q"), ("\\", "\\"), ("a\\", "a\\"), ("\\\\", "\\"), ("\\\\\\", "\\\\"),
        ("\\é\\t\\'", "\\é\\t\\'"), ("\"quoted\"", "\"quoted\""), ("\"", "\""), ("a\u{0}b", "a\u{0}b"),
        ("# {}", "# {}"),
        ("測 °C", "測 °C"), (" behind blanks", "behind blanks"), ("\tbehind a tab", "behind a tab"),
    ]) func `its escapes are resolved, and unknown ones stay`(written: String, text: String) {
        let expected = Reading(samples: ["foo{} 1.0"], types: ["foo unknown"], texts: ["HELP foo \(text)"])
        for end in ["", " ", "\t \t", "\r", " \r"] {
            #expect(Reading("# HELP foo \(written)\(end)\nfoo 1\n") == expected)
        }
        #expect(Reading("foo 1\n#HELP  foo\t\(written)") == expected)
        #expect(Reading("#\tHELP \"foo\" \(written)\nfoo 1\n") == expected)
    }

    @Test(
        arguments: [
            ([0xff], "\u{fffd}"), ([0x61, 0xc3], "a\u{fffd}"), ([0x5c, 0xff, 0x5c, 0x6e], "\\\u{fffd}\n"),
            ([0xe2, 0x82, 0x61], "\u{fffd}a"), ([0xff, 0xfe, 0x80, 0x61, 0xff], "\u{fffd}a\u{fffd}"),
            ([0xc3, 0x5c, 0x5c, 0xa9], "\u{fffd}\\\u{fffd}"),
        ] as [([UInt8], String)]) func `bytes that are no UTF-8 are replaced`(written: [UInt8], text: String)
    {
        let reading = Reading(Array("# HELP foo ".utf8) + written + Array("\n".utf8))
        #expect(reading == Reading(types: ["foo unknown"], texts: ["HELP foo \(text)"]))
    }

    @Test(arguments: [
        ("# HELP foo a\n# TYPE foo gauge\n# HELP bar b\n", ["foo gauge", "bar unknown"], ["foo a", "bar b"]),
        ("# TYPE foo gauge\n# HELP bar b\n# HELP foo a\n", ["foo gauge", "bar unknown"], ["foo a", "bar b"]),
        ("# HELP foo a\n# HELP bar b\n# TYPE foo gauge\n", ["foo gauge", "bar unknown"], ["foo a", "bar b"]),
        ("# HELP foo a\n# HELP foo b\n", ["foo unknown"], ["foo a"]),
        ("# HELP foo \n# HELP foo b\n", ["foo unknown"], ["foo b"]),
        ("foo 1\n# HELP foo late\nbar 1\n", ["foo unknown"], ["foo late"]),
        (
            "# HELP h a\n# HELP h_count b\n# TYPE h histogram\n", ["h histogram", "h_count unknown"],
            ["h a", "h_count b"]
        ),
        ("# TYPE h histogram\n# HELP h_count b\n# HELP h a\n", ["h histogram"], ["h b"]),
        ("# TYPE \"d.d\" gauge\n# HELP \"d.d\" a\n", ["d.d gauge"], ["d.d a"]),
        ("# HELP \"d\\\"d\" a\n# TYPE \"d\\\"d\" gauge\n", ["d\"d gauge"], ["d\"d a"]),
    ]) func `families come in the order of the body, each once`(body: String, types: [String], helps: [String]) {
        let reading = Reading(body)
        #expect(reading.types == types)
        #expect(reading.texts == helps.map { "HELP \($0)" })
    }

    @Test func `a text that stands in the body as it is is not copied`() throws {
        var parser = TextParser()
        var batch = SampleBatch()
        let body = "# HELP foo some text\n# TYPE foo counter\nfoo 1\n"
        batch.arena = Array(body.utf8)
        try parser.parse(&batch, canonicalBuckets: true)
        #expect(batch.families.map(\.help) == [ByteRange(offset: 11, count: 9)])
        #expect(batch.arena.count == body.utf8.count + 65)
    }
}
