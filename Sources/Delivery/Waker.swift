/// Who wakes the transport for several pushes at a time, so that they go with one request.
public protocol Waker: AnyObject, Sendable {
    /// A push has got work for an idle wire: `Outbox.wake` is to be called soon.
    func wakeSoon()
}
