import Samples

extension PushError {
    /// The value of the label `reason` of `push_errors_total`: a word or two for each case.
    var reason: String {
        switch self {
        case .malformedRequest, .headTooLarge: "request"
        case .headTimeout, .bodyTimeout: "timeout"
        case .bodyCutShort: "cut_short"
        case .noRoute, .lifecycleDisabled, .probeWithoutTarget, .unknownProbeTarget: "route"
        case .methodNotAllowed: "method"
        case .unauthorized: "unauthorized"
        case .forbidden: "forbidden"
        case .rateLimited: "rate_limit"
        case .passwordsBusy: "passwords"
        case .jobRequired: "job"
        case .oddComponents, .emptyComponent, .malformedEscape: "path"
        case .improperLabelName: "label_name"
        case .invalidBase64: "base64"
        case .invalidUTF8: "utf8"
        case .unsupportedEncoding: "encoding"
        case .unsupportedFormat: "format"
        case .bodyTooLarge: "body_size"
        case .decodedTooLarge: "decoded_size"
        case .corruptBody, .truncatedBody: "corrupt"
        case .malformedBody, .malformedProtobuf, .linesJoined: "parse"
        case .timestampsRejected: "timestamps"
        case .inconsistentBody(.overLimit): "series_limit"
        case .inconsistentBody: "inconsistent"
        case .tooManyConnections: "connections"
        case .overloaded, .tooHeavy: "inflight_size"
        case .contended: "contended"
        case .queueFull: "queue_full"
        case .largerThanQueue: "queue_size"
        case .draining: "draining"
        case .refused: "refused"
        case .expired: "expired"
        case .lost: "lost"
        }
    }
}
