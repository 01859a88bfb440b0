import Testing

@testable import SettingsFile

@Suite struct YAMLParserTests {
    private func events(_ text: String) throws -> [YAMLEvent] {
        var parser = try YAMLParser(Array(text.utf8))
        var events = [try parser.next()]
        while events.last?.kind != .streamEnd { events.append(try parser.next()) }
        return events
    }

    @Test func `a text becomes events with their places`() throws {
        let events = try events("a: [1, \"é\"]\nb: {}\n")
        #expect(
            events.map(\.kind) == [
                .streamStart, .documentStart, .mappingStart, .scalar("a", isPlain: true), .sequenceStart,
                .scalar("1", isPlain: true), .scalar("é", isPlain: false), .sequenceEnd, .scalar("b", isPlain: true),
                .mappingStart, .mappingEnd, .mappingEnd, .documentEnd, .streamEnd,
            ])
        #expect(events[6].place == Place(line: 1, column: 8))
        #expect(events[8].place == Place(line: 2, column: 1))
    }

    @Test func `an empty text is a stream without a document`() throws {
        #expect(try events("").map(\.kind) == [.streamStart, .streamEnd])
    }

    @Test func `anchors, tags and aliases are seen`() throws {
        #expect(try events("&a b").contains { $0.hasAnchor })
        #expect(try events("&a [b]").contains { $0.hasAnchor })
        #expect(try events("&a {b: c}").contains { $0.hasAnchor })
        #expect(try events("!!str b").contains { $0.hasTag })
        #expect(try events("!a [b]").contains { $0.hasTag })
        #expect(try events("!a {b: c}").contains { $0.hasTag })
        #expect(try events("[&a b, *a]").contains { $0.kind == .alias })
        #expect(try !events("a: [b]").contains { $0.hasTag || $0.hasAnchor })
    }

    @Test func `a text that is no YAML is refused with the place`() {
        #expect(
            throws: YAMLFlaw.syntax(
                "did not find expected ',' or ']'", context: "while parsing a flow sequence", Place(line: 2, column: 1))
        ) { try events("a: [1\n}") }
        #expect(throws: YAMLFlaw.unreadable("control characters are not allowed", offset: 3)) { try events("a: \u{1}") }
    }
}
