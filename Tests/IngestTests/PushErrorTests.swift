import NIOHTTP1
import Exposition
import Samples
import Telemetry
import Testing

@testable import Ingest

@Suite("Refusals: contract R2, R4, R7 and the statuses")
struct PushErrorTests {
    /// One of each, but for those that other modules make.
    static let all: [(error: PushError, status: UInt, sentence: String)] = [
        (.malformedRequest("bad header"), 400, "malformed HTTP/1.1 request: bad header"),
        (
            .headTooLarge, 431,
            "request line and headers are too large: 64 KiB in all, 32 KiB a field, 128 fields"
        ),
        (.headTimeout, 408, "request line and headers did not arrive in time: push again"),
        (.bodyTimeout, 408, "body stopped arriving: push again"),
        (
            .bodyCutShort, 400,
            "connection ended before the body did: push again, with the Content-Length that the body has"
        ),
        (
            .noRoute(.nothing, pushRoot: "/pushgateway/metrics"), 404,
            "not found; push to /pushgateway/metrics/job/<JOB>{/<LABEL>/<VALUE>}"
        ),
        (
            .noRoute(.nothing, pushRoot: nil), 404,
            "not found; pushes are not enabled (push.pushgateway.enabled)"
        ),
        (
            .noRoute(.storedMetrics, pushRoot: "/metrics"), 404,
            "not found: pushed metrics are forwarded and not kept, query them where they are stored; push to "
                + "/metrics/job/<JOB>{/<LABEL>/<VALUE>}"
        ),
        (
            .noRoute(.wipe, pushRoot: "/metrics"), 404,
            "not found: pushed metrics are forwarded and not kept, there is nothing to wipe; push to "
                + "/metrics/job/<JOB>{/<LABEL>/<VALUE>}"
        ),
        (
            .noRoute(.status, pushRoot: "/metrics"), 404,
            "not found: the status is at /api/v1/status, and at / for people; push to "
                + "/metrics/job/<JOB>{/<LABEL>/<VALUE>}"
        ),
        (
            .methodNotAllowed(allow: .push), 405,
            "method not allowed: this collector forwards pushes by POST or PUT and keeps nothing to delete or to read"
        ),
        (.methodNotAllowed(allow: .page), 405, "method not allowed: this page is read by GET"),
        (.methodNotAllowed(allow: .pageAndPush), 405, "method not allowed: this page is read by GET"),
        (
            .methodNotAllowed(allow: .command), 405,
            "method not allowed: a lifecycle command is given by POST or PUT"
        ),
        (.lifecycleDisabled, 403, "Lifecycle API is not enabled."),
        (
            .unauthorized(basic: true, bearer: true), 401,
            "unauthorized: the header Authorization has to show a user and password, or a token"
        ),
        (
            .unauthorized(basic: false, bearer: true), 401,
            "unauthorized: the header Authorization has to show a token"
        ),
        (.forbidden(job: Array("a\"b".utf8)), 403, #"this token is not for pushes of the job "a\"b""#),
        (.forbidden(job: nil), 403, "this token is for pushes of some jobs only"),
        (.rateLimited(retryAfter: 7), 429, "more requests than rate_limit allows: come again later"),
        (.passwordsBusy, 503, "too many passwords are being looked at: come again later"),
        (.jobRequired, 400, "job name is required"),
        (.oddComponents("/a"), 400, #"odd number of components in label string "/a""#),
        (.emptyComponent, 400, "empty component in the path: write an empty value as <label>@base64/="),
        (.malformedEscape(Array("%z".utf8)), 400, #"invalid percent escape in path component "%z""#),
        (.improperLabelName(Array("__x".utf8)), 400, #"improper label name "__x""#),
        (
            .invalidBase64(label: Array("x".utf8), value: Array("$".utf8)), 400,
            #"invalid base64 encoding for label x="$": illegal base64 data"#
        ),
        (
            .invalidBase64(label: nil, value: Array("$".utf8)), 400,
            #"invalid base64 encoding in job name "$": illegal base64 data"#
        ),
        (.invalidUTF8(label: Array("x".utf8)), 400, #"value of label "x" is not valid UTF-8"#),
        (.invalidUTF8(label: nil), 400, #"value of label "job" is not valid UTF-8"#),
        (
            .unsupportedEncoding("br"), 415,
            #"content encoding "br" is not supported: use up to four of gzip, deflate, snappy, zstd, identity"#
        ),
        (
            .unsupportedFormat("a/b"), 415,
            #"content type "a/b" is not supported: of protobuf it is application/vnd.google.protobuf; "#
                + "proto=io.prometheus.client.MetricFamily; encoding=delimited"
        ),
        (
            .bodyTooLarge(limit: 7), 413,
            "body is larger than limits.body_size, 7 bytes: compress it, or push it in parts"
        ),
        (
            .decodedTooLarge(limit: 7), 413,
            "decompressed body is larger than limits.decoded_size, 7 bytes: push it in parts"
        ),
        (.corruptBody, 400, "compressed body is corrupt: it was damaged, or is not what Content-Encoding says"),
        (.truncatedBody, 400, "compressed body is truncated: its end is missing"),
        (.timestampsRejected, 400, "pushed metrics must not have timestamps"),
        (
            .inconsistentBody(.duplicateSeries("a{b=\"c\"}")), 400,
            BatchError.duplicateSeries("a{b=\"c\"}").description
        ),
        (
            .tooManyConnections(limit: 7), 503, "more connections than limits.connections, 7: push again later"
        ),
        (
            .tooHeavy(limit: 9), 413,
            "push takes more than limits.inflight_size, 9 bytes, to read and to encode: push it in parts"
        ),
        (.overloaded, 503, "pushes in hand hold limits.inflight_size together: push again later"),
        (.contended, 503, "too many pushes of this group at a time: push again later"),
        (.queueFull(destination: "d", retryAfter: 7), 503, "queue of destination d is full: push again later"),
        (
            .largerThanQueue(destination: "d", limit: 7), 413,
            "push is larger than destination d can ever queue, 7 bytes: push it in parts"
        ),
        (.draining, 503, "collector is shutting down: push again later"),
        (.refused(destination: "d", status: 400, message: "out of\nbounds"), 422, "destination d: 400: out of bounds"),
        (.lost, 503, "collector shut down before a destination had stored this push: push it again"),
    ]

    @Test(arguments: all)
    func `a refusal is one line of text`(error: PushError, status: UInt, sentence: String) {
        let answer = HTTPAnswer(refusing: error)
        #expect(answer.status.code == status)
        #expect(answer.body == sentence + "\n")
        #expect(answer.headers[0] == .init("Content-Type", "text/plain; charset=utf-8"))
        #expect(answer.headers[1] == .init("X-Content-Type-Options", "nosniff"))
    }

    @Test(arguments: all)
    func `a reason is a word for a metric`(error: PushError, status: UInt, sentence: String) {
        #expect(error.reason.wholeMatch(of: /[a-z0-9_]+/) != nil)
    }

    @Test(arguments: [
        (PushError.methodNotAllowed(allow: .push), "Allow", "POST, PUT, OPTIONS"),
        (.methodNotAllowed(allow: .page), "Allow", "GET, HEAD, OPTIONS"),
        (.methodNotAllowed(allow: .pageAndPush), "Allow", "GET, HEAD, POST, PUT, OPTIONS"),
        (.methodNotAllowed(allow: .command), "Allow", "POST, PUT"),
        (.unsupportedEncoding("br"), "Accept-Encoding", "gzip, deflate, snappy, zstd, identity"),
        (.queueFull(destination: "d", retryAfter: 7), "Retry-After", "7"),
        (.queueFull(destination: "d", retryAfter: 0), "Retry-After", "1"),
        (.queueFull(destination: "d", retryAfter: 70), "Retry-After", "60"),
        (.overloaded, "Retry-After", "1"),
        (.draining, "Retry-After", "1"),
        (.lost, "Retry-After", "1"),
        (.contended, "Retry-After", "1"),
        (.passwordsBusy, "Retry-After", "1"),
        (.rateLimited(retryAfter: 7), "Retry-After", "7"),
        (.unauthorized(basic: false, bearer: true), "WWW-Authenticate", #"Bearer realm="push-collector""#),
        (
            .unauthorized(basic: true, bearer: false), "WWW-Authenticate",
            #"Basic realm="push-collector", charset="UTF-8""#
        ),
    ])
    func `a refusal says what to do`(error: PushError, header: String, value: String) {
        #expect(HTTPAnswer(refusing: error).headers.dropFirst(2) == [.init(header, value)])
    }

    @Test func `the reasons are there from the start, but for the one that no push is refused for`() {
        let reasons = Set(Self.all.map(\.error.reason)).subtracting(["connections"])
        #expect(reasons.isSubset(of: Bench().metrics.pushes.errors.values.keys))
    }

    @Test(arguments: [
        (RequestFlaw.headTooLarge, "request line and headers are too large: 64 KiB in all, 32 KiB a field, 128 fields"),
        (.cutShort, "connection ended before the body did: push again, with the Content-Length that the body has"),
    ])
    func `what is not read to its end is told so`(flaw: RequestFlaw, sentence: String) {
        #expect(PushError(flaw).description == sentence)
    }

    @Test(arguments: [
        (RequestFlaw.method, "no method; this port speaks plain HTTP/1.1 and no TLS"),
        (.blankInTarget, "no HTTP/1.1 behind the request's path; a blank in the path is written %20"),
        (.version, "no HTTP/1.1 and CRLF behind the request's path, which is all that this port speaks"),
        (.length, "bad Content-Length"), (.chunk, "bad chunk"), (.target, "bad request target"),
        (.header, "bad header"),
        (
            .framing,
            "Transfer-Encoding is chunked or none, and not beside Content-Length; how a body is compressed is "
                + "Content-Encoding"
        ),
    ])
    func `what is no HTTP is told so`(flaw: RequestFlaw, sentence: String) {
        #expect(PushError(flaw).description == "malformed HTTP/1.1 request: " + sentence)
    }
}
