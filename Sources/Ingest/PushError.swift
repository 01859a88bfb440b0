import Compression
import Delivery
import Exposition
import Samples

/// Why a request is not answered as its sender wished: every refusal there is.
///
/// `PushError+Description` has the sentences, `PushError+HTTP` the statuses.
enum PushError: Error {
    // The connection.
    /// The request is not HTTP/1.1; why, if that is known.
    case malformedRequest(String)
    /// The request's head is larger than a head may be.
    case headTooLarge
    /// The head did not come in time (contract L4).
    case headTimeout
    /// The body stopped arriving (contract L4).
    case bodyTimeout
    /// The connection ended before the body did.
    case bodyCutShort

    // The route.
    /// No such path (contract R4); with the root of pushes, nil where pushes are not enabled.
    case noRoute(Route.Guess, pushRoot: String?)
    /// A path of ours, but not with this method (contract R2).
    case methodNotAllowed(allow: AllowedMethods)
    /// `/probe` without the name of a service.
    case probeWithoutTarget
    /// `/probe` for a service that `probes.services` has not; those it has.
    case unknownProbeTarget(String, known: [String])
    /// `/-/reload` or `/-/quit` without `--web.enable-lifecycle`.
    case lifecycleDisabled

    // The door.
    /// No credential that is known, and which kinds would be.
    case unauthorized(basic: Bool, bearer: Bool)
    /// A token that is for other jobs; nil: that is for pushes only.
    case forbidden(job: [UInt8]?)
    /// More requests than `rate_limit` allows; seconds until the next one.
    case rateLimited(retryAfter: Int)
    /// So many passwords are looked at that this one cannot wait for its turn.
    case passwordsBusy

    // The grouping key.
    /// No job, or an empty one (contract R4, G8).
    case jobRequired
    /// A label without a value; the rest of the path behind the job (contract G3).
    case oddComponents(String)
    /// `//` inside the path (contract G4).
    case emptyComponent
    /// A component with a malformed percent escape (contract G1).
    case malformedEscape([UInt8])
    /// A label name that is empty, reserved or not UTF-8 (contract G5).
    case improperLabelName([UInt8])
    /// A value that is not base64; the label nil is the job (contract G2).
    case invalidBase64(label: [UInt8]?, value: [UInt8])
    /// A value that is not UTF-8; the label nil is the job (contract G6).
    case invalidUTF8(label: [UInt8]?)

    // The body.
    /// A `Content-Encoding` that is not read (contract B2).
    case unsupportedEncoding(String)
    /// A `Content-Type` that is not read (contract B1).
    case unsupportedFormat(String)
    /// The body as it arrives is larger than `limits.body_size` (contract L1).
    case bodyTooLarge(limit: Int)
    /// The body once decompressed is larger than `limits.decoded_size` (contract L1).
    case decodedTooLarge(limit: Int)
    /// The compressed body is corrupt (contract B2).
    case corruptBody
    /// The compressed body ends too early (contract B2).
    case truncatedBody
    /// The body breaks the exposition format's rules (contract B4); what the client probably did to it.
    case malformedBody(ExpositionError, BodyHint?)
    /// The body breaks the rules of delimited protobuf (contract B4); what the client probably did to it.
    case malformedProtobuf(ProtobufError, BodyHint?)
    /// The lines of the body are one line, which is a comment; what the client did to them.
    case linesJoined(BodyHint)
    /// Timestamps, where `timestamps: reject` (contract B7).
    case timestampsRejected
    /// The series of the body contradict each other or the contract (contract B5, B6).
    case inconsistentBody(BatchError)

    // What the collector can take.
    /// More than `limits.connections` (contract L3).
    case tooManyConnections(limit: Int)
    /// The bodies in hand hold `limits.inflight_size` together (contract L3).
    case overloaded
    /// Reading or encoding the push would take more than `limits.inflight_size` by itself (contract L3).
    case tooHeavy(limit: Int)
    /// Pushes of one group are so many at a time that this one found no time of receipt of its own.
    case contended
    /// A destination's queue is full; seconds until it may have room (contract A6).
    case queueFull(destination: String, retryAfter: Int)
    /// The push is larger than a destination's whole queue (contract A6).
    case largerThanQueue(destination: String, limit: Int)
    /// The collector is about to end (contract A6).
    case draining

    // What became of it.
    /// A destination has refused the push for good (contract A5).
    case refused(destination: String, status: Int, message: String)
    /// The samples had become older than a destination's `sample_age_limit` before that could store them.
    case expired(destination: String)
    /// The collector ended before a destination had stored the push.
    case lost
}

/// The methods that a route has (contract R2, R3).
enum AllowedMethods: String {
    /// A push.
    case push = "POST, PUT, OPTIONS"
    /// A page to read.
    case page = "GET, HEAD, OPTIONS"
    /// `/metrics` where it is also the root of pushes.
    case pageAndPush = "GET, HEAD, POST, PUT, OPTIONS"
    /// A lifecycle command.
    case command = "POST, PUT"
}
