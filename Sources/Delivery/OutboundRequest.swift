/// One attempt at delivering samples: the body of a remote-write request.
public struct OutboundRequest: Sendable {
    /// A snappy block of the protobuf message; of a retry, the same bytes as before.
    public var body: [UInt8]
    /// How many samples it holds.
    public var samples: Int
    /// 1 for the first attempt at this body.
    public var attempt: Int
}

/// What a wire wants done.
public enum Action: Sendable {
    /// This request, now; `Wire.completed` is told what came of it.
    case send(OutboundRequest)
    /// Nothing before then, unless another wire of the destination completes a request first.
    case wait(until: ContinuousClock.Instant)
    /// Nothing until the transport is woken.
    case idle
    /// Nothing any more: the outbox is closed and everything of this wire is settled.
    case finished
}
