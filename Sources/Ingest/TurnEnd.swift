import Delivery
import Synchronization

/// The end of an event loop's turn, when it has read all that has arrived: the sender is woken then, once for all of it.
///
/// Woken for the first push of a turn, it would be off with that one before the others are read, and a request costs what
/// ten pushes do. A turn of small pushes is over within a millisecond; before anything that takes longer, `come` is called.
final class TurnEnd: Waker {
    private let wake: @Sendable () -> Void
    private let execute: @Sendable (@escaping @Sendable () -> Void) -> Void
    private let isAwaited = Atomic(false)

    /// - Parameters:
    ///   - wake: wakes the sender.
    ///   - execute: runs something behind all that the event loop has at hand.
    init(
        wake: @escaping @Sendable () -> Void,
        execute: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        self.wake = wake
        self.execute = execute
    }

    func wakeSoon() {
        guard !isAwaited.load(ordering: .relaxed) else { return }
        isAwaited.store(true, ordering: .relaxed)
        execute { self.come() }
    }

    /// The turn is over, or is to take long: the sender is woken if anything waits for that.
    func come() {
        guard isAwaited.load(ordering: .relaxed) else { return }
        isAwaited.store(false, ordering: .relaxed)
        wake()
    }
}
