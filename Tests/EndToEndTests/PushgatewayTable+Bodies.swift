import Fixtures
import Foundation

extension RawRequest {
    private static let vectors = Dictionary(
        uniqueKeysWithValues: ((try? Fixtures.expositionVectors()) ?? []).map { ($0.id, $0.body) })

    /// A push of the body of a vector of `Tests/Fixtures/exposition.jsonl`.
    static func vector(_ id: String, headers: String...) -> RawRequest {
        guard let body = vectors[id] else { preconditionFailure("there is no vector \(id)") }
        return RawRequest(method: "POST", path: "/metrics/job/t", headers: headers, body: body)
    }
}

extension PushgatewayTable {
    /// Lines, comments and their ends (B4, B8).
    static let lines: [PushgatewayRow] = [
        .init("an empty body", .body(""), .same(200)),
        .init("an empty body by PUT", .put("/metrics/job/t", ""), .same(200)),
        .init("blank lines", .vector("T004"), .same(200)),
        .init("blanks behind the last line", .vector("T014"), .same(200)),
        .init("blanks before a sample", .vector("T015"), .same(200)),
        .init("tabs", .vector("T016"), .same(200)),
        lenient("no final newline", .vector("T002")),
        lenient("no newline behind a comment", .vector("T013")),
        lenient("a byte order mark", .vector("T012")),
        lenient("a blank behind the value", .vector("T018")),
        lenient("CRLF", .body("foo 1\r\n")),
        lenient("CRLF behind a type", .body("# TYPE foo counter\r\nfoo 1\r\n")),
        .init("CR in HELP", .vector("T009"), .same(200)),
        .init("HELP without a blank", .vector("T174"), .same(200)),
        .init("HELP alone", .vector("T176"), .same(200)),
        .init("HELP after the sample", .vector("T190"), .same(200)),
        .init("HELP that is not UTF-8", .vector("T185"), .same(200)),
        .init("HELP of no name", .vector("T191"), .same(400)),
        lenient("HELP twice", .vector("T187")),
        lenient("a quote escaped in HELP", .body("# HELP foo a\\\"b\nfoo 1\n")),
        lenient("an unknown escape in HELP", .body("# HELP foo a\\tb\nfoo 1\n")),
        .init("TYPE in capitals", .vector("T201"), .same(200)),
        .init("TYPE without a type", .vector("T203"), .same(200)),
        .init("TYPE without samples", .vector("T213"), .same(200)),
        .init("an unknown type", .vector("T202"), .same(400)),
        .init("two types", .vector("T207"), .same(400)),
        .init("TYPE twice", .vector("T210"), .same(400)),
        .init("TYPE after the sample", .vector("T212"), .same(400)),
        lenient("a blank behind the type", .vector("T205")),
        lenient("OpenMetrics' unknown", .body("# TYPE foo unknown\nfoo 1\n")),
        lenient("OpenMetrics' info", .vector("T196"), stored: [#"foo_info{job="t",v="1"} 1"#]),
        lenient("OpenMetrics' stateset", .vector("T197"), stored: [#"foo{foo="a",job="t"} 1"#]),
        lenient(
            "a gauge histogram", .vector("T198"),
            stored: [#"foo_bucket{job="t",le="+Inf"} 1"#, #"foo_sum{job="t"} 1"#, #"foo_count{job="t"} 1"#]),
        .init("# EOF is a comment", .vector("T215"), .same(200)),
        .init("families in turns", .vector("T216"), .same(200)),
        .init("JSON", .body("{\"foo\":1}\n"), .same(400)),
        .init("an error in line 2", .body("foo 1\nbar x\n"), .same(400)),
    ]

    /// Names, labels, numbers and timestamps (B4–B7).
    static let values: [PushgatewayRow] = [
        .init("no value", .vector("T087"), .same(400)),
        .init("a name with a dash", .vector("T093"), .same(400)),
        .init("labels and no name", .vector("T096"), .same(400)),
        .init("__name__ in the body", .vector("T099"), .same(400)),
        .init("a comma at the end", .vector("T104"), .same(200)),
        .init("nothing but a comma", .vector("T105"), .same(400)),
        .init("no comma", .vector("T108"), .same(400)),
        .init("no end of the labels", .vector("T116"), .same(400)),
        .init("no end of a value", .vector("T117"), .same(400)),
        .init("a label twice in the body", .vector("T129"), .same(400)),
        .init("an unknown escape", .vector("T139"), .same(400)),
        .init("a line break in a label", .vector("T142"), .same(400)),
        .init("a label in UTF-8", .vector("T145"), .same(200)),
        .init("a label that is not UTF-8", .vector("T146"), .same(400)),
        .init("infinity", .vector("T029"), .same(200)),
        .init("not a number", .vector("T039"), .same(200)),
        .init("a signed NaN", .vector("T041"), .same(400)),
        .init("hexadecimal", .vector("T045"), .same(400)),
        .init("an underscore in a number", .vector("T049"), .same(400)),
        .init("a number too large", .vector("T070"), .same(400)),
        .init("a number too small", .vector("T072"), .same(200)),
        .init("2^53 + 1", .vector("T075"), .same(200)),
        .init(
            "-0", .vector("T060"),
            .stores(.verbatim, theirs: [#"foo{job="t"} 0"#], ours: [#"foo{job="t"} -0"#])),
        .init(
            "a timestamp", .vector("T152"),
            .answers(.timestamps, theirs: 400, ours: 200, stored: [#"foo{job="t"} 1 1700000000000"#])),
        .init(
            "two timestamps", .vector("T166"),
            .answers(
                .timestamps, theirs: 400, ours: 200,
                stored: [#"foo{job="t"} 1 1700000000000"#, #"foo{job="t"} 2 1700000001000"#])),
        .init("a timestamp with an exponent", .vector("T158"), .same(400)),
        .init("a series twice", .vector("T218"), .ownWords(400)),
        .init(
            "a series twice because of the path", .post("/metrics/job/t/a/b", "foo{a=\"1\"} 1\nfoo{a=\"2\"} 2\n"),
            .ownWords(400)),
        .init("a series twice but for an empty label", .vector("T219"), .answers(.duplicates, theirs: 200, ours: 400)),
        .init(
            "push_time_seconds is replaced", .body("# TYPE push_time_seconds gauge\npush_time_seconds 5\n"), .same(200)),
        .init(
            "push_failure_time_seconds", .body("# TYPE push_failure_time_seconds gauge\npush_failure_time_seconds 5\n"),
            .stores(.failureTime, theirs: [], ours: [#"push_failure_time_seconds{job="t"} 5"#])),
    ]

    /// A body that only we accept.
    private static func lenient(
        _ what: String, _ request: RawRequest, stored: [String] = [#"foo{job="t"} 1"#]
    ) -> PushgatewayRow {
        .init(what, request, .answers(.leniency, theirs: 400, ours: 200, stored: stored))
    }
}
