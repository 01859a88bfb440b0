import Testing

@testable import Status

@Suite struct JSONTextTests {
    @Test func `each kind of value is written`() {
        let value = JSONText.object([
            ("t", .text("a\"\n\u{2028}")), ("n", .number(-1)), ("d", .seconds(nanoseconds: 1_500_000)),
            ("b", .bool(true)),
            ("o", .optional(nil)), ("l", .list([.null, .list([]), .object([])])), ("m", .time(0)),
        ])
        var text = ""
        value.write(to: &text)
        #expect(
            text
                == #"{"t":"a\"\n\u2028","n":-1,"d":0.0015,"b":true,"o":null,"l":[null,[],{}],"m":"1970-01-01T00:00:00.000Z"}"#
        )
    }
}
