import CCurl
import Delivery
import Settings

/// One wire and the handle that carries its requests; kept from request to request, so that connections stay alive.
final class Carrier {
    /// Which one it is among the destinations.
    let destination: Int
    /// The wire, which is asked while no request is in flight.
    var wire: Wire
    /// Whether a request is in flight.
    private(set) var isBusy = false

    /// Whether the request in flight is being made again, on a new connection.
    private var isFresh = false

    private var easy: EasyHandle
    private let reason: FailureReason

    init(_ wire: Wire, of destination: Destination, at place: (destination: Int, slot: Int), userAgent: String)
        throws(TransportError)
    {
        guard let endpoint = Endpoint(url: destination.settings.url) else {
            throw .unusableURL(destination: destination.name)
        }
        self.wire = wire
        self.destination = place.destination
        reason = FailureReason(endpoint: endpoint, timeout: destination.settings.remoteTimeout)
        easy = try EasyHandle(slot: place.slot)
        do {
            try easy.configure(for: destination.settings, userAgent: userAgent)
        } catch .unusableOption(_, let reason) {
            throw .unusableOption(destination: destination.name, reason: reason)
        }
    }

    /// Begins a request.
    ///
    /// - Returns: an answer at once where libcurl cannot begin; nil: it is in flight.
    func start(_ request: OutboundRequest, on multi: borrowing MultiHandle) -> Response? {
        do {
            try easy.prepare(request.body, attempt: request.attempt)
        } catch {
            return .unreachable(error.description)
        }
        isFresh = false
        guard multi.add(easy) else { return .unreachable("libcurl cannot begin a request") }
        isBusy = true
        return nil
    }

    /// Ends a request that libcurl is done with.
    ///
    /// - Returns: the answer; nil where the request is made again at once, because the connection that had been kept alive
    ///   for it was dead. libcurl does that by itself, but only five times in the life of a handle.
    func finish(_ code: CURLcode, on multi: borrowing MultiHandle) -> Response? {
        multi.remove(easy)
        if !isFresh, easy.hasMetDeadConnection(code), easy.connectAnew(true), multi.add(easy) {
            isFresh = true
            return nil
        }
        if isFresh { _ = easy.connectAnew(false) }
        isBusy = false
        if let status = easy.status {
            return .status(status, message: easy.message, retryAfter: easy.retryAfter)
        }
        return .unreachable(reason.describe(easy.symptoms(of: code)))
    }

    /// Gives up what is in flight and what waits.
    ///
    /// - Returns: the samples that are lost by that.
    func abandon(on multi: borrowing MultiHandle, now: ContinuousClock.Instant) -> Int {
        if isBusy { multi.remove(easy) }
        isBusy = false
        return wire.abandon(now: now)
    }
}
