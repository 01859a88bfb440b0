import RemoteWrite

/// One attempt at delivering samples: the body of a remote-write request.
public struct OutboundRequest: Sendable {
    /// A snappy block of the protobuf message; of a retry, the same bytes as before.
    public var body: [UInt8]
    /// How many samples it holds.
    public var samples: Int
    /// The version of the protocol.
    var version = RemoteWriteVersion.v1
    /// 1 for the first attempt at this body.
    public var attempt: Int
}

extension OutboundRequest {
    /// `Content-Type`, of version 1 without parameters: there are receivers that know no other.
    public var contentType: String {
        version == .v1 ? "application/x-protobuf" : "application/x-protobuf;proto=\(version.message)"
    }

    /// `X-Prometheus-Remote-Write-Version`.
    public var protocolVersion: String { version == .v1 ? "0.1.0" : "2.0.0" }
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
