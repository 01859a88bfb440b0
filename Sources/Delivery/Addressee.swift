/// Who learns what becomes of many pushes, such as those of one event loop.
///
/// Pushes that share a request are settled together: each is told, then the addressee is woken once.
public protocol Addressee: AnyObject, Sendable {
    /// Something has been told since it was last woken; any thread.
    func wake()
}

/// Those that are to be woken, each once.
struct Addressees {
    private var all: [any Addressee] = []

    mutating func insert(_ addressee: (any Addressee)?) {
        guard let addressee, !all.contains(where: { $0 === addressee }) else { return }
        all.append(addressee)
    }

    func wake() {
        for addressee in all { addressee.wake() }
    }
}
