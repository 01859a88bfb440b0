import Bytes
import Exposition
import Samples

extension PushError: CustomStringConvertible {
    /// One self-contained sentence, the Pushgateway's own where it has one (contract R7).
    var description: String {
        switch self {
        case .malformedRequest(let why): "malformed HTTP/1.1 request: \(why)"
        case .headTooLarge: "request line and headers are too large: 64 KiB in all, 32 KiB a field, 128 fields"
        case .headTimeout: "request line and headers did not arrive in time: push again"
        case .bodyTimeout: "body stopped arriving: push again"
        case .bodyCutShort:
            "connection ended before the body did: push again, with the Content-Length that the body has"
        case .noRoute(let guess, let pushRoot): Self.noRoute(guess, pushRoot: pushRoot)
        case .methodNotAllowed(let allow): Self.notAllowed(allow)
        case .probeWithoutTarget: "name a service of probes.services: /probe?target=<name>"
        case .unknownProbeTarget(let target, let known): Self.unknownProbe(target, known)
        case .lifecycleDisabled: "Lifecycle API is not enabled."
        case .unauthorized(let basic, let bearer): Self.unauthorized(basic: basic, bearer: bearer)
        case .forbidden(let job?): "this token is not for pushes of the job \(Self.quote(job))"
        case .forbidden(nil): "this token is for pushes of some jobs only"
        case .rateLimited: "more requests than rate_limit allows: come again later"
        case .passwordsBusy: "too many passwords are being looked at: come again later"
        case .jobRequired: "job name is required"
        case .oddComponents(let rest): "odd number of components in label string \(Self.quote(Array(rest.utf8)))"
        case .emptyComponent: "empty component in the path: write an empty value as <label>@base64/="
        case .malformedEscape(let text): "invalid percent escape in path component \(Self.quote(text))"
        case .improperLabelName(let name): "improper label name \(Self.quote(name))"
        case .invalidBase64(let label, let value): Self.invalidBase64(label: label, value: value)
        case .invalidUTF8(let label): "value of label \(Self.text(label)) is not valid UTF-8"
        case .unsupportedEncoding(let name):
            "content encoding \(Self.quote(name)) is not supported: use up to four of \(ContentEncoding.supported)"
        case .unsupportedFormat(let type): Self.unsupported(type)
        case .bodyTooLarge(let limit):
            "body is larger than limits.body_size, \(limit) bytes: compress it, or push it in parts"
        case .decodedTooLarge(let limit):
            "decompressed body is larger than limits.decoded_size, \(limit) bytes: push it in parts"
        case .corruptBody: "compressed body is corrupt: it was damaged, or is not what Content-Encoding says"
        case .truncatedBody: "compressed body is truncated: its end is missing"
        case .malformedBody(let error, let hint): error.description + Self.advice(hint)
        case .malformedProtobuf(let error, let hint): error.description + Self.advice(hint)
        case .linesJoined(let hint):
            "text format parsing error in line 1: unexpected end of input stream; \(hint.advice)"
        case .timestampsRejected: "pushed metrics must not have timestamps"
        case .inconsistentBody(let error): error.description
        case .tooManyConnections(let limit): "more connections than limits.connections, \(limit): push again later"
        case .overloaded: "pushes in hand hold limits.inflight_size together: push again later"
        case .tooHeavy(let limit):
            "push takes more than limits.inflight_size, \(limit) bytes, to read and to encode: push it in parts"
        case .contended: "too many pushes of this group at a time: push again later"
        case .queueFull(let destination, _): "queue of destination \(destination) is full: push again later"
        case .largerThanQueue(let destination, let limit):
            "push is larger than destination \(destination) can ever queue, \(limit) bytes: push it in parts"
        case .draining: "collector is shutting down: push again later"
        case .refused(let destination, let status, let message): "destination \(destination): \(status): \(message)"
        case .expired(let destination):
            "samples became older than sample_age_limit before destination \(destination) could store them"
        case .lost: "collector shut down before a destination had stored this push: push it again"
        }
    }

    private static func advice(_ hint: BodyHint?) -> String { hint.map { "; \($0.advice)" } ?? "" }

    private static func noRoute(_ guess: Route.Guess, pushRoot: String?) -> String {
        let what =
            switch guess {
            case .storedMetrics:
                "not found: pushed metrics are forwarded and not kept, query them where they are stored"
            case .wipe: "not found: pushed metrics are forwarded and not kept, there is nothing to wipe"
            case .status: "not found: the status is at /api/v1/status, and at / for people"
            case .nothing: "not found"
            }
        guard let pushRoot else { return what + "; pushes are not enabled (push.pushgateway.enabled)" }
        return what + "; push to \(pushRoot)/job/<JOB>{/<LABEL>/<VALUE>}"
    }

    private static func unknownProbe(_ target: String, _ known: [String]) -> String {
        let services = known.isEmpty ? "probes.services has none" : "there are \(known.joined(separator: ", "))"
        return "no service \(quote(Array(target.utf8))): \(services)"
    }

    private static func unauthorized(basic: Bool, bearer: Bool) -> String {
        let what = [basic ? "a user and password" : nil, bearer ? "a token" : nil].compactMap(\.self)
        return "unauthorized: the header Authorization has to show \(what.joined(separator: ", or "))"
    }

    private static func notAllowed(_ allow: AllowedMethods) -> String {
        switch allow {
        case .push:
            "method not allowed: this collector forwards pushes by POST or PUT and keeps nothing to delete or to read"
        case .page, .pageAndPush: "method not allowed: this page is read by GET"
        case .command: "method not allowed: a lifecycle command is given by POST or PUT"
        }
    }

    private static func invalidBase64(label: [UInt8]?, value: [UInt8]) -> String {
        let place = label.map { "for label \(String(decoding: excerpt($0), as: UTF8.self))=" } ?? "in job name "
        return "invalid base64 encoding \(place)\(quote(value)): illegal base64 data"
    }

    private static func unsupported(_ type: String) -> String {
        let delimited = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
        return "content type \(quote(type)) is not supported: of protobuf it is \(delimited)"
    }

    private static func text(_ label: [UInt8]?) -> String { quote(label ?? Array("job".utf8)) }

    private static func quote(_ text: String) -> String { quote(Array(text.utf8)) }

    private static func quote(_ bytes: [UInt8]) -> String { GoQuote.string(excerpt(bytes)) }

    /// As much of a text as an answer of 1 KiB has room for.
    private static func excerpt(_ bytes: [UInt8]) -> [UInt8] {
        bytes.count <= longestQuote ? bytes : bytes.prefix(longestQuote) + Array("…".utf8)
    }

    private static let longestQuote = 512
}
