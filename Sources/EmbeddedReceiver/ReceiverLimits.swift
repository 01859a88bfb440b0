/// What the receiver takes at most.
struct ReceiverLimits: Sendable {
    /// A body, compressed as well as decoded; what Prometheus takes.
    var bodyBytes = 32 << 20
    /// Bodies that are on their way, all together.
    var heldBytes = 128 << 20
    /// What is read of a refused body before the connection is closed in its face.
    var discardedBytes = 64 << 20
    /// Connections.
    var connections = 256
    /// What is printed of one request.
    var printedBytes = 64 << 20
    /// How long a connection may be silent, in seconds.
    var silence: Int64 = 300
    /// How long requests have to end at shutdown, in seconds.
    var farewell: Int64 = 5
}
