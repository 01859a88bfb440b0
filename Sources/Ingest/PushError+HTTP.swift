import NIOHTTP1

// The only file that knows statuses: what is refused, and below it what is granted.

extension HTTPAnswer {
    /// A refusal: its status, its sentence in one line of at most 1 KiB, and what its status asks for (contract R7).
    init(refusing error: PushError) {
        status = error.status
        headers = [.init("Content-Type", "text/plain; charset=utf-8"), .init("X-Content-Type-Options", "nosniff")]
        headers += error.headers
        body = Self.clip(Self.oneLine(error.description), to: Self.largestErrorBody - 1) + "\n"
    }

    /// 200: every required destination has stored the push, or it holds nothing to store (contract A1, A7).
    static let delivered = HTTPAnswer(status: .ok)

    /// 200: what was asked of the process is done.
    static let done = HTTPAnswer(status: .ok)

    /// 500: it is not done, and why, in lines of at most 1 KiB together (contract R7).
    static func failed(_ why: String) -> HTTPAnswer {
        let lines = why.split(separator: "\n").map { oneLine(String($0)) }.joined(separator: "\n")
        var answer = line(clip(lines, to: largestErrorBody - 1) + "\n")
        answer.status = .internalServerError
        return answer
    }

    /// 202: the push is queued; why it is not stored yet, where it was to be (contract A2, A3).
    static func queued(reason: String? = nil) -> HTTPAnswer {
        guard let reason else { return HTTPAnswer(status: .accepted) }
        let line = String(ascii(oneLine(reason)).prefix(longestReason))
        return HTTPAnswer(status: .accepted, headers: [.init("Push-Collector-Reason", line)])
    }

    /// Says which preference was followed, unless the push was refused for what it is (contract A4).
    mutating func apply(_ preference: Preference) {
        switch status {
        case .ok, .accepted, .unprocessableEntity, .serviceUnavailable:
            headers.append(.init("Preference-Applied", preference.text))
        default: break
        }
    }

    /// 200 to OPTIONS (contract R3).
    static func options(_ allow: AllowedMethods) -> HTTPAnswer {
        HTTPAnswer(status: .ok, headers: [.init("Allow", allow.rawValue)])
    }

    /// 200 with a line of text.
    static func line(_ text: String) -> HTTPAnswer {
        HTTPAnswer(
            status: .ok,
            headers: [.init("Content-Type", "text/plain; charset=utf-8"), .init("X-Content-Type-Options", "nosniff")],
            body: text)
    }

    /// 200 with the collector's own metrics.
    static func metrics(_ page: String) -> HTTPAnswer {
        HTTPAnswer(
            status: .ok, headers: [.init("Content-Type", "text/plain; version=0.0.4; charset=utf-8")], body: page)
    }

    /// 503: not ready, and why.
    static func notReady(_ why: String) -> HTTPAnswer {
        var answer = line(why + "\n")
        answer.status = .serviceUnavailable
        return answer
    }
}

extension PushError {
    fileprivate var status: HTTPResponseStatus {
        switch self {
        case .malformedRequest, .bodyCutShort, .jobRequired, .oddComponents, .emptyComponent, .malformedEscape,
            .improperLabelName, .invalidBase64, .invalidUTF8, .corruptBody, .truncatedBody, .malformedBody,
            .malformedProtobuf, .linesJoined, .timestampsRejected, .inconsistentBody, .probeWithoutTarget:
            .badRequest
        case .unauthorized: .unauthorized
        case .lifecycleDisabled, .forbidden: .forbidden
        case .rateLimited: .tooManyRequests
        case .noRoute, .unknownProbeTarget: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .headTimeout, .bodyTimeout: .requestTimeout
        case .bodyTooLarge, .decodedTooLarge, .tooHeavy, .largerThanQueue: .payloadTooLarge
        case .unsupportedEncoding, .unsupportedFormat: .unsupportedMediaType
        case .refused: .unprocessableEntity
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .tooManyConnections, .overloaded, .contended, .queueFull, .draining, .expired, .lost, .passwordsBusy:
            .serviceUnavailable
        }
    }

    fileprivate var headers: [HTTPAnswer.Header] {
        switch self {
        case .methodNotAllowed(let allow): [.init("Allow", allow.rawValue)]
        case .unsupportedEncoding: [.init("Accept-Encoding", ContentEncoding.supported)]
        case .unauthorized(let basic, let bearer):
            (basic ? [.init("WWW-Authenticate", "Basic realm=\"push-collector\", charset=\"UTF-8\"")] : [])
                + (bearer ? [.init("WWW-Authenticate", "Bearer realm=\"push-collector\"")] : [])
        case .rateLimited(let seconds): [.init("Retry-After", String(seconds))]
        case .queueFull(_, let seconds): [.init("Retry-After", String(min(max(seconds, 1), 60)))]
        case .tooManyConnections, .overloaded, .contended, .draining, .expired, .lost, .passwordsBusy:
            [.init("Retry-After", "1")]
        case .malformedRequest, .headTooLarge, .headTimeout, .bodyTimeout, .bodyCutShort, .noRoute, .lifecycleDisabled,
            .forbidden, .jobRequired, .oddComponents, .emptyComponent, .malformedEscape, .improperLabelName,
            .invalidBase64,
            .invalidUTF8, .unsupportedFormat, .bodyTooLarge, .decodedTooLarge, .corruptBody, .truncatedBody,
            .malformedBody, .malformedProtobuf, .linesJoined, .timestampsRejected, .inconsistentBody, .tooHeavy,
            .largerThanQueue, .refused, .probeWithoutTarget, .unknownProbeTarget:
            []
        }
    }
}
