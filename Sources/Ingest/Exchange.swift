import Delivery
import NIOCore
import NIOHTTP1

/// A request in hand, and what is known of its answer.
final class Exchange {
    /// Tells it from the connection's other requests: what settles later than its answer finds another number.
    let number: Int
    /// The labels of `http_requests_total`.
    let handler: String
    /// Its head; nil of what was to become a request.
    private let head: RequestHead?
    /// When its head was whole.
    let began: NIODeadline?
    /// The push, where it is one.
    var push: PushRequest?
    /// What it asks of the process, where it does.
    var command: Lifecycle.Command?
    /// Its body as far as it is there.
    var body: ByteBuffer?
    /// The bytes of the whole body, of a push that has been read.
    var size: Int?
    /// The samples of the push, once it is read.
    var samples = 0
    /// The answer, once known: an answer, or a refusal.
    var answer: HTTPAnswer?
    var refusal: PushError?
    /// Who knows why the push is not stored yet, while it waits.
    var acknowledgement: Acknowledgement?
    /// What became of the push before the handler knew that it is queued.
    var settlement: Settlement?

    /// The request that begins with this head.
    init(number: Int, handler: String, head: RequestHead, began: NIODeadline) {
        self.number = number
        self.handler = handler
        self.head = head
        self.began = began
    }

    /// What was to become a request.
    init(number: Int) {
        self.number = number
        handler = "other"
        head = nil
        began = nil
    }

    var method: HTTPMethod? { head?.method }
    /// The target as the request line has it.
    var target: String { head?.target ?? "" }
    var version: HTTPVersion { head?.version ?? .http1_1 }

    /// The value of the label `method`: of the methods that HTTP knows, so that their number is bounded.
    var methodLabel: String {
        switch method {
        case .GET, .HEAD, .POST, .PUT, .DELETE, .PATCH, .OPTIONS, .CONNECT, .TRACE: method?.rawValue ?? "other"
        default: "other"
        }
    }

    /// Whether its body is collected, and something is done once it is whole.
    var isDeed: Bool { push != nil || command != nil }

    /// Answered, or abandoned: what settles later has nobody to tell, and after the server's end no event loop to do it.
    func end() { acknowledgement?.forget() }

    /// The answer to a push that is settled.
    func settle(_ settlement: Settlement) {
        switch settlement {
        case .delivered: answer = .delivered
        case .refused(let destination, let status, let message):
            refusal = .refused(destination: destination, status: status, message: message)
        case .expired(let destination): refusal = .expired(destination: destination)
        case .lost: refusal = .lost
        }
    }
}
