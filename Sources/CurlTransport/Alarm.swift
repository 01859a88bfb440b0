import CCurl
import Synchronization

/// What makes a thread that polls come round, from any other thread: also while it has no multi handle yet.
@safe
final class Alarm: Sendable {
    private let isRung = Atomic(false)
    /// Of the thread that listens; nil before it polls and after.
    private let handle = Mutex<Int?>(nil)

    /// Makes the current or the next `poll` return at once; cheap where it has been rung already.
    func ring() {
        guard !isRung.exchange(true, ordering: .acquiringAndReleasing) else { return }
        handle.withLock { handle in if let handle { Self.wake(handle) } }
    }

    /// Whether it was rung since the last call; asked before the thread looks for work, so that who rings later rings anew.
    func isHeard() -> Bool { isRung.exchange(false, ordering: .acquiringAndReleasing) }

    /// Has this handle's polls end from now on; what was rung before counts.
    func attach(_ handle: UnsafeMutableRawPointer) {
        self.handle.withLock { attached in
            attached = Int(bitPattern: handle)
            if isRung.load(ordering: .acquiring) { attached.map(Self.wake) }
        }
    }

    /// The handle that was attached is about to be freed.
    func detach() { handle.withLock { $0 = nil } }

    // Safe: the handle lives until `detach`, and libcurl lets any thread call this.
    private static func wake(_ handle: Int) {
        _ = unsafe curl_multi_wakeup(UnsafeMutableRawPointer(bitPattern: handle))
    }
}
