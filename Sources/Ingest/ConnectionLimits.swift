import NIOCore
import Settings

/// How long a connection may take, and how much it may send (contract L1, L4).
struct ConnectionLimits: Sendable {
    /// From the beginning of a connection to the end of its TLS handshake.
    var handshake = TimeAmount.seconds(10)
    /// From the first byte of a request to the end of its head.
    var head = TimeAmount.seconds(10)
    /// Between two pieces of a body.
    var body = TimeAmount.seconds(30)
    /// Between two requests.
    var idle = TimeAmount.seconds(60)
    /// From an early answer to the end, while what still arrives is thrown away.
    var linger = TimeAmount.seconds(2)
    /// What is thrown away meanwhile, in bytes.
    var lingerBytes = 64 << 20
    /// From the end of a push to its answer, where it asks for no other time (contract A2).
    var acknowledge = TimeAmount.seconds(5)
    /// What a body may be long as it arrives, in bytes.
    var bodySize = 16 << 20

    /// The limits of a configuration, and the contract's for the rest.
    init(_ settings: Pushgateway = Pushgateway()) {
        acknowledge = TimeAmount(settings.acknowledgeTimeout)
        bodySize = settings.limits.bodySize.bytes
    }
}
