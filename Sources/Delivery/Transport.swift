/// What carries requests to destinations: it asks each `Wire` what to do, does it, and says what came of it.
public protocol Transport: Sendable {
    /// Called when an idle wire has got work, or the outbox was closed; any thread, never under a lock of the outbox.
    ///
    /// Never waits. Several calls before the transport looks may count as one.
    func wake()
}
