/// The requests that are sent to both sides.
enum PushgatewayTable {
    /// All of them, in the order in which they are sent.
    static let rows = methods + paths + names + headers + lines + values + histograms + groups + formatRows

    /// Methods, and what people ask of a Pushgateway besides (R1–R4).
    static let methods: [PushgatewayRow] = [
        .init("POST", .post(), .same(200)),
        .init("PUT", .put(), .same(200)),
        .init("OPTIONS", .bare("OPTIONS"), .same(200)),
        .init("HEAD", .bare("HEAD"), .same(405)),
        .init("GET", .bare("GET"), .ownWords(405)),
        .init("PATCH", .bare("PATCH"), .ownWords(405)),
        .init(
            "DELETE of a group", .bare("DELETE"),
            .answers(.delete, theirs: 202, ours: 405, stored: [#"foo{job="t"} 1"#]), after: .post()),
        .init("DELETE of no group", .bare("DELETE", "/metrics/job/t/a"), .answers(.delete, theirs: 400, ours: 405)),
        .init("DELETE of everything", .bare("DELETE", "/metrics"), .ownWords(405)),
        .init("wiping", .bare("PUT", "/api/v1/admin/wipe"), .answers(.delete, theirs: 202, ours: 404)),
        .init("the groups as JSON", .bare("GET", "/api/v1/metrics"), .answers(.reading, theirs: 200, ours: 404)),
        .init("the lifecycle is not enabled", .bare("PUT", "/-/quit"), .same(403)),
        .init("an unknown path", .post("/nothing"), .ownWords(404)),
        .init("jobs for job", .post("/metrics/jobs/t"), .ownWords(404)),
        .init(
            "a chunked body", .bytes("6\r\nfoo 1\n\r\n0\r\n\r\n".utf8, headers: "Transfer-Encoding: chunked"),
            .same(200)),
        .init("Expect: 100-continue", .post(headers: "Expect: 100-continue"), .same(200)),
    ]

    /// How the path is split, and what its values are (R4, G1–G4, G6–G8).
    static let paths: [PushgatewayRow] = [
        .init("a slash after the job", .post("/metrics/job/t/"), .same(200)),
        .init(
            "a slash after a pair", .post("/metrics/job/t/a/b/"),
            .answers(.trailingSlash, theirs: 400, ours: 200, stored: [#"foo{a="b",job="t"} 1"#])),
        .init("a label without a value", .post("/metrics/job/t/a"), .same(400)),
        .init("a second label without a value", .post("/metrics/job/t/a/b/c"), .same(400)),
        .init("no job, no slash", .post("/metrics/job"), .answers(.noJob, theirs: 404, ours: 400)),
        .init("no job", .post("/metrics/job/"), .answers(.noJob, theirs: 307, ours: 400)),
        .init("nothing but the root", .post("/metrics"), .answers(.noJob, theirs: 405, ours: 400)),
        .init("an empty job in base64", .post("/metrics/job@base64/="), .same(400)),
        .init("// for an empty value", .post("/metrics/job/t/a//b/c"), .answers(.noRedirect, theirs: 301, ours: 400)),
        .init("// after the job", .post("/metrics/job/t//a/b"), .answers(.noRedirect, theirs: 301, ours: 400)),
        .init("// before it all", .post("//metrics/job/t"), .answers(.noRedirect, theirs: 301, ours: 404)),
        .init(
            "a dot for a value", .post("/metrics/job/t/a/."),
            .answers(.noRedirect, theirs: 301, ours: 200, stored: [#"foo{a=".",job="t"} 1"#])),
        .init(
            "two dots for a job", .post("/metrics/job/../a/b"),
            .answers(.noRedirect, theirs: 301, ours: 200, stored: [#"foo{a="b",job=".."} 1"#])),
        .init(
            "the prefix /pushgateway", .post("/pushgateway/metrics/job/t"),
            .answers(.prefix, theirs: 404, ours: 200, stored: [#"foo{job="t"} 1"#])),
        .init("a query string", .post("/metrics/job/t?a/b"), .same(200)),
        .init("an absolute URL", .post("http://localhost/metrics/job/t"), .same(200)),
        .init("base64 with padding", .post("/metrics/job@base64/aGVsbG8="), .same(200)),
        .init("base64 without padding", .post("/metrics/job@base64/aGVsbG8"), .same(200)),
        .init("base64 with too much padding", .post("/metrics/job/t/a@base64/aGVsbG8=="), .same(200)),
        .init("base64 in the URL's alphabet", .post("/metrics/job/t/a@base64/Pz8_Pz8-"), .same(200)),
        .init(
            "base64 in the standard alphabet", .post("/metrics/job/t/a@base64/Pz8%2FPz8+"),
            .answers(.base64, theirs: 400, ours: 200, stored: [#"foo{a="?????>",job="t"} 1"#])),
        .init("base64 with a bare slash", .post("/metrics/job@base64/Pz8/Pz8+"), .same(400)),
        .init("base64 with a line break", .post("/metrics/job/t/a@base64/aGVs%0AbG8="), .same(200)),
        .init("base64 of a path", .post("/metrics/job/t/a%40base64/L3Zhci90bXA="), .same(200)),
        .init("no base64", .post("/metrics/job/t/a@base64/!!"), .ownWords(400)),
        // By PUT, because a Pushgateway 1.5.1 answers no further request to this route after it.
        .init("no base64 for a job", .put("/metrics/job@base64/!!"), .ownWords(400)),
        .init("@base64 in a value", .post("/metrics/job/t/a/b@base64"), .same(200)),
        .init(
            "an encoded slash", .post("/metrics/job/t/a/x%2Fy"),
            .answers(.slash, theirs: 400, ours: 200, stored: [#"foo{a="x/y",job="t"} 1"#])),
        .init(
            "an encoded slash in the job", .post("/metrics/job/t%2Fu"),
            .answers(.slash, theirs: 400, ours: 200, stored: [#"foo{job="t/u"} 1"#])),
        .init("a plus sign", .post("/metrics/job/a+b"), .same(200)),
        .init("encoded blanks", .post("/metrics/job/a%20b/c/d%20e"), .same(200)),
        .init("other encoded signs", .post("/metrics/job/t;x/a/b%3Fc%23d"), .same(200)),
        .init("UTF-8", .post("/metrics/job/t/a/%C3%A4"), .same(200)),
        .init("a line break", .post("/metrics/job/t/a/x%0Ay"), .same(200)),
        .init("a malformed escape", .post("/metrics/job/t/a/%zz"), .ownWords(400)),
        .init("a cut escape", .post("/metrics/job/t/a/x%2"), .ownWords(400)),
        .init("no UTF-8", .post("/metrics/job/t/a/%FF"), .spoilsThePage(theirs: 400, ours: 400)),
        .init("no UTF-8 in base64", .post("/metrics/job/t/a@base64/_w=="), .spoilsThePage(theirs: 400, ours: 400)),
        .init("a label twice", .post("/metrics/job/t/a/1/a/2"), .same(200)),
        .init("another job behind the job", .post("/metrics/job/t/job/u"), .same(200)),
    ]

    /// The names of labels in the path (G5), and labels that are empty (G9).
    static let names: [PushgatewayRow] = [
        .init("__name__", .post("/metrics/job/t/__name__/x"), .same(400)),
        .init("a reserved name", .post("/metrics/job/t/__x/x"), .same(400)),
        .init("no name", .post("/metrics/job/t/@base64/eA=="), .same(400)),
        .init(
            "a dot", .post("/metrics/job/t/a.b/x"),
            .answers(.names, theirs: 400, ours: 200, stored: [#"foo{"a.b"="x",job="t"} 1"#])),
        .init(
            "a digit first", .post("/metrics/job/t/1a/x"),
            .answers(.names, theirs: 400, ours: 200, stored: [#"foo{"1a"="x",job="t"} 1"#])),
        .init(
            "an umlaut", .post("/metrics/job/t/%C3%A4/x"),
            .answers(.names, theirs: 400, ours: 200, stored: [#"foo{job="t","ä"="x"} 1"#])),
        .init(
            "an escaped name", .post("/metrics/job/t/U__a_2e_b/x"),
            .stores(.names, theirs: [#"foo{U__a_2e_b="x",job="t"} 1"#], ours: [#"foo{"a.b"="x",job="t"} 1"#])),
        .init(
            "a quoted name in the body", .body("{\"my.metric\"} 1\n"),
            .answers(.names, theirs: 400, ours: 200, stored: [#"{"my.metric",job="t"} 1"#])),
        .init("instance", .post("/metrics/job/t/instance/i"), .same(200)),
        .init("an empty instance", .post("/metrics/job/t/instance@base64/="), .same(200)),
        .init(
            "an empty value in base64", .post("/metrics/job/t/a@base64/="),
            .stores(.emptyLabels, theirs: [#"foo{a="",job="t"} 1"#], ours: [#"foo{job="t"} 1"#])),
        .init(
            "an empty value by a slash", .post("/metrics/job/t/a/"),
            .stores(.emptyLabels, theirs: [#"foo{a="",job="t"} 1"#], ours: [#"foo{job="t"} 1"#])),
        .init(
            "an empty value over the body's", .post("/metrics/job/t/a@base64/=", "foo{a=\"y\"} 1\n"),
            .stores(.emptyLabels, theirs: [#"foo{a="",job="t"} 1"#], ours: [#"foo{job="t"} 1"#])),
        .init(
            "an empty value in the body", .body("foo{a=\"\"} 1\n"),
            .stores(.emptyLabels, theirs: [#"foo{a="",job="t"} 1"#], ours: [#"foo{job="t"} 1"#])),
        .init("the path's labels win", .post("/metrics/job/t/a/b", "foo{job=\"x\",a=\"y\"} 1\n"), .same(200)),
        .init("the body's instance stays", .body("foo{instance=\"i\"} 1\n"), .same(200)),
        .init("the body's own labels are reserved", .body("foo{__x=\"c\"} 1\n"), .ownWords(400)),
        .init(
            "le in the path",
            .post("/metrics/job/t/le/1", "# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 1\n"),
            .answers(.groupedBounds, theirs: 200, ours: 400)),
        .init(
            "quantile in the path",
            .post("/metrics/job/t/quantile/1", "# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_sum 1\ns_count 1\n"),
            .answers(
                .groupedBounds, theirs: 400, ours: 200,
                stored: [
                    #"s_count{job="t",quantile="1"} 1"#, #"s_sum{job="t",quantile="1"} 1"#,
                    #"s{job="t",quantile="1"} 1"#,
                ])),
    ]
}
