import Synchronization

/// The outbox of the configuration that is in force; a reload puts another one in its place.
public final class CurrentOutbox: Sendable {
    private let current: Mutex<Outbox>

    /// This one, until there is another.
    public init(_ outbox: Outbox) { current = Mutex(outbox) }

    /// The one that takes pushes now.
    public var value: Outbox {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
