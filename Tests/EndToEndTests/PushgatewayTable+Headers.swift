import Foundation

extension PushgatewayTable {
    /// Content-Type (B1) and Content-Encoding (B2).
    static let headers: [PushgatewayRow] = [
        .init("text/plain", .post(headers: "Content-Type: text/plain; version=0.0.4"), .same(200)),
        .init("an empty type", .post(headers: "Content-Type:"), .same(200)),
        .init("what curl sends", .post(headers: "Content-Type: application/x-www-form-urlencoded"), .same(200)),
        .init("JSON for a type", .post(headers: "Content-Type: application/json"), .same(200)),
        .init("a type that is none", .post(headers: "Content-Type: garbage"), .same(200)),
        .init(
            "protobuf that is not delimited, with text",
            .post(headers: "Content-Type: application/vnd.google.protobuf"),
            .answers(.contentType, theirs: 200, ours: 415)),
        .init("gzip", .bytes(gzip, headers: "Content-Encoding: gzip"), .same(200)),
        .init("identity", .post(headers: "Content-Encoding: identity"), .same(200)),
        .init("no encoding", .post(headers: "Content-Encoding:"), .same(200)),
        .init("GZIP", .bytes(gzip, headers: "Content-Encoding: GZIP"), read),
        .init("x-gzip", .bytes(gzip, headers: "Content-Encoding: x-gzip"), read),
        .init("a list of encodings", .bytes(gzip, headers: "Content-Encoding: gzip, identity"), read),
        .init(
            "an unknown encoding", .post(headers: "Content-Encoding: br"),
            .answers(.contentEncoding, theirs: 200, ours: 415)),
        .init("gzip without a header", .bytes(gzip), .same(400)),
        .init("no gzip", .post(headers: "Content-Encoding: gzip"), .ownWords(400)),
        .init("gzip cut early", .bytes(gzip.prefix(12), headers: "Content-Encoding: gzip"), .ownWords(400)),
        .init("gzip without its end", .bytes(gzip.dropLast(4), headers: "Content-Encoding: gzip"), damaged),
        .init("gzip with a wrong checksum", .bytes(wrongChecksum, headers: "Content-Encoding: gzip"), damaged),
        .init("gzip and more", .bytes(gzip + Array("junk".utf8), headers: "Content-Encoding: gzip"), damaged),
        .init("gzip of nothing", .bytes([], headers: "Content-Encoding: gzip"), .ownWords(400)),
    ]

    /// `foo 1` and a line feed.
    private static let gzip = Array(Data(base64Encoded: "H4sIAAAAAAACA0vLz1cw5AIAYeKNCQYAAAA=") ?? Data())

    private static let wrongChecksum = gzip.dropLast(8) + [0, 0, 0, 0] + gzip.suffix(4)

    private static let read = PushgatewayRow.Expectation.answers(
        .contentEncoding, theirs: 400, ours: 200, stored: [#"foo{job="t"} 1"#])

    private static let damaged = PushgatewayRow.Expectation.answers(.damagedGzip, theirs: 200, ours: 400)
}
