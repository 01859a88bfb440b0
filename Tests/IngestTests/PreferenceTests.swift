import NIOCore
import Testing

@testable import Ingest

@Suite("Prefer: contract A4")
struct PreferenceTests {
    @Test(
        arguments: [
            ([], nil),
            (["respond-async"], .respondAsync),
            (["Respond-Async"], .respondAsync),
            (["respond-async=\"\""], .respondAsync),
            (["respond-async="], .respondAsync),
            (["respond-async; a=b"], .respondAsync),
            (["wait=5"], .wait(seconds: 5)),
            (["WAIT=5"], .wait(seconds: 5)),
            (["wait=\"5\""], .wait(seconds: 5)),
            (["wait=\"\\5\""], .wait(seconds: 5)),
            (["wait=007"], .wait(seconds: 7)),
            (["wait = 5 ; a = \"b\""], .wait(seconds: 5)),
            (["\twait\t=\t5\t"], .wait(seconds: 5)),
            (["wait=0"], .wait(seconds: 0)),
            // Capped.
            (["wait=60"], .wait(seconds: 60)),
            (["wait=61"], .wait(seconds: 60)),
            (["wait=99999999999999999999999999"], .wait(seconds: 60)),
            // Malformed.
            (["wait"], nil),
            (["wait="], nil),
            (["wait=\"\""], nil),
            (["wait=-1"], nil),
            (["wait=+1"], nil),
            (["wait=5.0"], nil),
            (["wait=5s"], nil),
            (["wait=5=6"], nil),
            (["wait=٥"], nil),
            (["wait=\"5"], nil),
            (["wait=\"5\\\""], nil),
            (["wait=\""], nil),
            (["respond-async=yes"], nil),
            ([""], nil),
            ([" , ;,=5,"], nil),
            // Lists, in one header and in several.
            (["respond-async, wait=10"], .wait(seconds: 10)),
            (["wait=10,respond-async"], .wait(seconds: 10)),
            (["respond-async", "wait=10"], .wait(seconds: 10)),
            (["respond-async, wait=0"], .wait(seconds: 0)),
            (["respond-async, wait=x"], .respondAsync),
            (["handling=lenient, return=minimal, wait=3, x"], .wait(seconds: 3)),
            (["handling=lenient"], nil),
            // What is quoted separates nothing.
            (["x=\"a, wait=5; b\", wait=3"], .wait(seconds: 3)),
            (["x=\"a\\\", wait=5\", respond-async"], .respondAsync),
            (["x; y=\"wait=5, z\""], nil),
            (["x; wait=5"], nil),
            (["x=\", wait=5"], nil),
            // The first counts.
            (["wait=3, wait=5"], .wait(seconds: 3)),
            (["wait=3", "wait=5"], .wait(seconds: 3)),
            (["wait=x, wait=5"], nil),
            (["respond-async=no, respond-async"], nil),
        ] as [([String], Preference?)])
    func `it is read as RFC 7240 writes it`(fields: [String], preference: Preference?) throws {
        let head = try RequestHead.reading(fields.map { ("pReFeR", $0) } + [("Content-Type", "wait=7")])
        #expect(Preference(head[.prefer]) == preference)
    }

    @Test(arguments: [
        (Preference.respondAsync, nil, "respond-async"), (.wait(seconds: 0), nil, "wait=0"),
        (.wait(seconds: 60), TimeAmount.seconds(60), "wait=60"),
    ])
    func `it says how long the push waits, and what was applied`(
        preference: Preference, patience: TimeAmount?, text: String
    ) {
        #expect(preference.patience == patience)
        #expect(preference.text == text)
    }
}
