import Logging
import Synchronization

// For the transport: what it takes to be let in, which may change while the process runs.
extension Destination {
    /// A file with credentials or certificates has changed: what is held is tried at once.
    ///
    /// The wires are to be asked after that.
    public func credentialsChanged(at now: ContinuousClock.Instant) {
        health.withLock { $0.renew(at: now) }
        logger.info("credentials changed")
    }

    /// An attempt was turned away that was made with credentials that have changed meanwhile: the next one is made at once.
    public func credentialsWereOld(at now: ContinuousClock.Instant) { health.withLock { $0.renew(at: now) } }

    /// A file with credentials or certificates cannot be used; what it last held counts on.
    public func credentialsUnreadable(file: String, reason: String) {
        logger.warning("file cannot be used", metadata: ["file": "\(file)", "reason": "\(Message.line(reason))"])
    }
}
