import Synchronization

/// How many bytes of bodies are in hand, compressed and decoded together, and how many may be (contract L3).
final class Admission: Sendable {
    private let most: Atomic<Int>
    private let held = Atomic<Int>(0)

    /// Lets in at most so many bytes at a time.
    init(limit: Int) { most = Atomic(limit) }

    /// The most bytes in hand.
    var limit: Int {
        get { most.load(ordering: .relaxed) }
        set { most.store(newValue, ordering: .relaxed) }
    }

    /// The bytes in hand now.
    var inHand: Int { held.load(ordering: .relaxed) }

    /// A permit for no bytes yet, of a push that holds so many by another permit.
    func permit(beside others: Int = 0) -> Permit { Permit(self, beside: others) }

    fileprivate func take(_ bytes: Int) -> Bool {
        let before = held.wrappingAdd(bytes, ordering: .relaxed).oldValue
        if bytes <= limit - before { return true }
        giveBack(bytes)
        return false
    }

    fileprivate func giveBack(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
}

/// The permission to hold so many bytes; it returns itself at the end of its life.
struct Permit: ~Copyable {
    private let admission: Admission
    private let others: Int
    /// The bytes that it permits.
    private(set) var bytes = 0

    fileprivate init(_ admission: Admission, beside others: Int) {
        self.admission = admission
        self.others = others
    }

    /// Permits so many more; false: they are too many now, and the permit is as it was.
    mutating func grow(by more: Int) -> Bool {
        guard admission.take(more) else { return false }
        bytes += more
        return true
    }

    /// Whether so many more are too many even when nobody else holds any.
    func canNeverGrow(by more: Int) -> Bool { more > admission.limit - bytes - others }

    /// Gives back what is beyond so many.
    mutating func shrink(to fewer: Int) {
        guard fewer < bytes else { return }
        admission.giveBack(bytes - fewer)
        bytes = fewer
    }

    deinit { admission.giveBack(bytes) }
}
