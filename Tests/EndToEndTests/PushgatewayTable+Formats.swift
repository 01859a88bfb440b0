import Foundation

extension PushgatewayTable {
    /// The formats and encodings besides text and gzip (B1, B2, B12).
    static let formatRows = encodings + protobufTypes + protobuf + openMetrics

    private static let encodings: [PushgatewayRow] = [
        encoded("deflate", "eJxLy89XMOQCAAcdAaA="),
        encoded("snappy", "/wYAAHNOYVBwWQEKAABlaFwOZm9vIDEK", "framed snappy"),
        encoded("snappy", "BhRmb28gMQo=", "a block of snappy"),
        encoded("zstd", "KLUv/SAGMQAAZm9vIDEK"),
        .init(
            "snappy with a wrong checksum",
            .bytes(base64("/wYAAHNOYVBwWQEKAAAAAAAAZm9vIDEK"), headers: "Content-Encoding: snappy"), .ownWords(400)),
    ]

    private static let protobufTypes: [PushgatewayRow] = [
        .init(
            "protobuf, without blanks",
            .vector("P001", headers: "Content-Type: \(media);\(proto);\(form)"), .same(200)),
        .init(
            "protobuf, in another order", .vector("P001", headers: "Content-Type: \(media); \(form); \(proto)"),
            .same(200)),
        .init(
            "protobuf, quoted",
            .vector(
                "P001",
                headers: "Content-Type: \(media); proto=\"io.prometheus.client.MetricFamily\"; encoding=\"delimited\""),
            .same(200)),
        .init(
            "protobuf as text", .vector("P001", headers: "Content-Type: \(media); \(proto); encoding=text"),
            .answers(.contentType, theirs: 400, ours: 415)),
        .init(
            "another protobuf", .vector("P001", headers: "Content-Type: application/x-protobuf"),
            .answers(.contentType, theirs: 400, ours: 415)),
    ]

    private static let protobuf: [PushgatewayRow] = [
        .init("a counter", .vector("P001", headers: delimited), .same(200)),
        .init("a gauge", .vector("P002", headers: delimited), .same(200)),
        .init("a summary in protobuf", .vector("P047", headers: delimited), .same(200)),
        .init("no message", .vector("P023", headers: delimited), .same(200)),
        .init("no type is a counter", .vector("P032", headers: delimited), .same(200)),
        .init("an unknown field", .vector("P041", headers: delimited), .same(200)),
        .init("an exemplar", .vector("P016", headers: delimited), .same(200)),
        .init("a start time", .vector("P017", headers: delimited), .same(200)),
        .init(
            "a histogram in protobuf", .vector("P005", headers: delimited),
            .stores(
                .bounds, theirs: [#"h_bucket{job="t",le="1"} 2"#] + boundless,
                ours: [#"h_bucket{job="t",le="1.0"} 2"#] + boundless)),
        .init("a histogram without +Inf", .delimited("IQoBaBgEIho6GAgDEQAAAAAAABJAGgsIAREAAAAAAADgPw=="), .same(200)),
        .init("a native histogram", .vector("P008", headers: delimited), .same(200)),
        .init(
            "an empty label in protobuf", .vector("P037", headers: delimited),
            .stores(.emptyLabels, theirs: [#"foo{a="",job="t"} 1"#], ours: [#"foo{job="t"} 1"#])),
        .init(
            "a family twice", .vector("P022", headers: delimited),
            .stores(.familyTwice, theirs: [#"a{job="t",x="y"} 2"#], ours: [#"a{job="t"} 1"#, #"a{job="t",x="y"} 2"#])),
        .init(
            "a series twice in protobuf", .delimited("IQoDZm9vGAEiCxIJCQAAAAAAAPA/IgsSCQkAAAAAAADwPw=="), .ownWords(400)
        ),
        .init(
            "a name in UTF-8 in protobuf", .delimited("GgoJbXkubWV0cmljGAEiCxIJCQAAAAAAAPA/"),
            .stores(.names, theirs: [#"my.metric{job="t"} 1"#], ours: [#"{"my.metric",job="t"} 1"#])),
        .init(
            "a timestamp in protobuf", .delimited("GwoDZm9vGAEiEhIJCQAAAAAAAPA/MIDQlf+8MQ=="),
            .answers(.timestamps, theirs: 400, ours: 200, stored: [#"foo{job="t"} 1 1700000000000"#])),
        .init("a label that is not UTF-8 in protobuf", .vector("P029", headers: delimited), .ownWords(400)),
        .init("__name__ in protobuf", .vector("P038", headers: delimited), .ownWords(400)),
        .init("a gauge in a counter", .delimited("FAoDZm9vGAAiCxIJCQAAAAAAAPA/"), .ownWords(400)),
        .init("a message that is cut", .vector("P025", headers: delimited), .ownWords(400)),
        .init("a length that is too long", .vector("P026", headers: delimited), .ownWords(400)),
        wrong("a length and no message", .vector("P027", headers: delimited)),
        wrong("a family without a name", .vector("P031", headers: delimited)),
        wrong("a name that is not UTF-8", .delimited("FAoDZm//GAEiCxIJCQAAAAAAAPA/")),
        wrong("a type that there is not", .delimited("FAoDZm9vGAkiCxIJCQAAAAAAAPA/")),
        wrong("a native histogram that does not add up", .vector("P044", headers: delimited)),
        .init("text for protobuf", .bytes("foo 1\n".utf8, headers: delimited), .ownWords(400)),
    ]

    private static let openMetrics: [PushgatewayRow] = [
        .init("OpenMetrics", .openMetrics("# TYPE foo gauge\nfoo 1\n# EOF\n"), .same(200)),
        .init("a counter in OpenMetrics", .openMetrics("# TYPE foo counter\nfoo_total 1\n# EOF\n"), .same(200)),
        .init(
            "_created", .openMetrics("# TYPE foo counter\nfoo_total 1\nfoo_created 1700000000\n# EOF\n"), .same(200)),
        .init(
            "an exemplar in OpenMetrics",
            .openMetrics("# TYPE foo counter\nfoo_total 1 # {trace_id=\"x\"} 0.5\n# EOF\n"),
            .answers(.openMetrics, theirs: 400, ours: 200, stored: [#"foo_total{job="t"} 1"#])),
        .init(
            "seconds", .openMetrics("foo 1 1700000000.5\n# EOF\n"),
            .answers(.openMetrics, theirs: 400, ours: 200, stored: [#"foo{job="t"} 1 1700000000500"#])),
        .init("no # EOF", .openMetrics("# TYPE foo gauge\nfoo 1\n"), .answers(.openMetrics, theirs: 200, ours: 400)),
        .init(
            "a blank line in OpenMetrics", .openMetrics("foo 1\n\n# EOF\n"),
            .answers(.openMetrics, theirs: 200, ours: 400)),
    ]

    private static let boundless = [
        #"h_bucket{job="t",le="+Inf"} 3"#, #"h_bucket{job="t",le="0.5"} 1"#, #"h_count{job="t"} 3"#,
        #"h_sum{job="t"} 4.5"#,
    ]

    /// A body in an encoding that only we read.
    private static func encoded(_ encoding: String, _ body: String, _ what: String? = nil) -> PushgatewayRow {
        .init(
            what ?? encoding, .bytes(base64(body), headers: "Content-Encoding: \(encoding)"),
            .answers(.contentEncoding, theirs: 400, ours: 200, stored: [#"foo{job="t"} 1"#]))
    }

    /// Protobuf that a Pushgateway takes and we refuse.
    private static func wrong(_ what: String, _ request: RawRequest) -> PushgatewayRow {
        .init(what, request, .answers(.protobufChecks, theirs: 200, ours: 400))
    }
}

private let media = "application/vnd.google.protobuf"
private let proto = "proto=io.prometheus.client.MetricFamily"
private let form = "encoding=delimited"
private let delimited = "Content-Type: \(media); \(proto); \(form)"

private func base64(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }

extension RawRequest {
    /// A push of delimited protobuf, given in base64.
    fileprivate static func delimited(_ body: String) -> RawRequest {
        .bytes(base64(body), headers: EndToEndTests.delimited)
    }

    fileprivate static func openMetrics(_ body: String) -> RawRequest {
        .bytes(body.utf8, headers: "Content-Type: application/openmetrics-text; version=1.0.0; charset=utf-8")
    }
}
