extension PushgatewayTable {
    /// Histograms and summaries (B4, B5, B11, B12).
    static let histograms: [PushgatewayRow] = [
        .init(
            "a histogram", .vector("T224"),
            .stores(
                .bounds,
                theirs: histogram(#"h_bucket{job="t",le="1"} 2"#, #"h_bucket{job="t",le="5"} 3"#),
                ours: histogram(#"h_bucket{job="t",le="1.0"} 2"#, #"h_bucket{job="t",le="5.0"} 3"#))),
        .init("a summary", .vector("T239"), .same(200)),
        .init(
            "a bound in two spellings",
            .body("# TYPE h histogram\nh_bucket{le=\"1\"} 1\nh_bucket{le=\"1.0\"} 1\nh_bucket{le=\"+Inf\"} 1\n"),
            .answers(.duplicates, theirs: 200, ours: 400)),
        .init("a quantile that is no number", .vector("T241"), .same(400)),
        .init("le of no histogram", .vector("T132"), .same(200)),
        .init("_total under another TYPE", .vector("T248"), .same(200)),
        .init(
            "no sum and no count", .vector("T222"),
            .stores(
                .madeUp,
                theirs: [
                    #"h_bucket{job="t",le="+Inf"} 3"#, #"h_bucket{job="t",le="0.5"} 1"#, #"h_count{job="t"} 0"#,
                    #"h_sum{job="t"} 0"#,
                ],
                ours: [#"h_bucket{job="t",le="+Inf"} 3"#, #"h_bucket{job="t",le="0.5"} 1"#])),
        .init(
            "no +Inf", .body("# TYPE h histogram\nh_bucket{le=\"0.5\"} 1\nh_sum 1\nh_count 2\n"),
            .stores(
                .madeUp,
                theirs: [
                    #"h_bucket{job="t",le="+Inf"} 2"#, #"h_bucket{job="t",le="0.5"} 1"#, #"h_count{job="t"} 2"#,
                    #"h_sum{job="t"} 1"#,
                ],
                ours: [#"h_bucket{job="t",le="0.5"} 1"#, #"h_count{job="t"} 2"#, #"h_sum{job="t"} 1"#])),
        .init(
            "a bucket without le", .vector("T228"),
            .stores(
                .verbatim,
                theirs: [
                    #"h_bucket{a="b",job="t",le="+Inf"} 3"#, #"h_count{a="b",job="t"} 3"#, #"h_sum{a="b",job="t"} 1"#,
                ],
                ours: [#"h_bucket{a="b",job="t"} 2"#, #"h_count{a="b",job="t"} 3"#, #"h_sum{a="b",job="t"} 1"#])),
        .init(
            "a histogram's name alone", .vector("T236"),
            .stores(
                .verbatim,
                theirs: [#"h_bucket{job="t",le="+Inf"} 0"#, #"h_count{job="t"} 0"#, #"h_sum{job="t"} 0"#],
                ours: [#"h{job="t"} 5"#])),
        .init(
            "a fraction of a count", .vector("T246"),
            .stores(
                .verbatim,
                theirs: [#"s_count{job="t"} 5"#, #"s_sum{job="t"} 10"#],
                ours: [#"s_count{job="t"} 5.7"#, #"s_sum{job="t"} 10"#])),
        .init("a negative count", .vector("T234"), .answers(.negativeCounts, theirs: 200, ours: 400)),
    ]

    /// What one push has to do with others (R1, B5), and with the metrics of a Pushgateway itself.
    static let groups: [PushgatewayRow] = [
        .init(
            "PUT replaces the group", .put(),
            .stores(
                .replacing, theirs: [#"foo{job="t"} 1"#], ours: [#"bar{job="t"} 1"#, #"foo{job="t"} 1"#]),
            after: .put("/metrics/job/t", "bar 1\n")),
        .init("POST adds to the group", .post(), .same(200), after: .put("/metrics/job/t", "bar 1\n")),
        .init(
            "POST replaces a metric", .body("foo{a=\"2\"} 1\n"),
            .stores(
                .replacing, theirs: [#"foo{a="2",job="t"} 1"#],
                ours: [#"foo{a="1",job="t"} 1"#, #"foo{a="2",job="t"} 1"#]),
            after: .body("foo{a=\"1\"} 1\n")),
        .init(
            "another type in another group", .body("# TYPE foo counter\nfoo 1\n"),
            .answers(
                .consistency, theirs: 400, ours: 200, stored: [#"foo{job="o"} 1"#, #"foo{job="t"} 1"#]),
            after: .post("/metrics/job/o", "# TYPE foo gauge\nfoo 1\n")),
        .init(
            "another HELP in another group", .body("# HELP foo a\n# TYPE foo gauge\nfoo 1\n"), .same(200),
            after: .post("/metrics/job/o", "# HELP foo b\n# TYPE foo gauge\nfoo 1\n")),
        .init(
            "a series of another group", .post("/metrics/job/t/a/b"),
            .answers(
                .consistency, theirs: 400, ours: 200, stored: [#"foo{a="b",job="t"} 1"#, #"foo{a="b",job="t"} 1"#]),
            after: .body("foo{a=\"b\"} 1\n")),
        .init(
            "the same group, spelled with an empty label", .post("/metrics/job/t/instance@base64/="),
            .spoilsThePage(theirs: 400, ours: 200, stored: [#"foo{job="t"} 1"#, #"foo{job="t"} 1"#]),
            after: .post()),
        .init(
            "a metric of the Pushgateway, of another type", .body("go_goroutines 1\n"),
            .answers(.consistency, theirs: 400, ours: 200, stored: [#"go_goroutines{job="t"} 1"#])),
        .init("a metric of the Pushgateway", .body("# TYPE go_goroutines gauge\ngo_goroutines 1\n"), .same(200)),
        .init(
            "a bucket before its histogram",
            .body("h_bucket{le=\"0.5\"} 1\n# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3\nh_sum 1\nh_count 3\n"),
            .answers(
                .consistency, theirs: 400, ours: 200,
                stored: [
                    #"h_bucket{job="t",le="+Inf"} 3"#, #"h_bucket{job="t",le="0.5"} 1"#, #"h_count{job="t"} 3"#,
                    #"h_sum{job="t"} 1"#,
                ])),
    ]

    /// The buckets of vector T224 with the series that stand beside them.
    private static func histogram(_ buckets: String...) -> [String] {
        [#"h_bucket{job="t",le="+Inf"} 3"#] + buckets + [#"h_count{job="t"} 3"#, #"h_sum{job="t"} 4.5"#]
    }
}
