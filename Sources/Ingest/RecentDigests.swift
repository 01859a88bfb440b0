/// Digests that were seen lately, about so many: those of the last two generations.
struct RecentDigests: Sendable {
    private let limit: Int
    private var young: Set<[UInt8]> = []
    private var old: Set<[UInt8]> = []

    /// At most twice so many.
    init(limit: Int) { self.limit = limit }

    /// How many there are.
    var count: Int { young.count + old.count }

    /// Whether a digest was seen lately; then it is young again.
    mutating func knows(_ digest: [UInt8]) -> Bool {
        if young.contains(digest) { return true }
        guard old.contains(digest) else { return false }
        insert(digest)
        return true
    }

    /// Remembers a digest.
    mutating func insert(_ digest: [UInt8]) {
        if young.count >= limit { (old, young) = (young, []) }
        young.insert(digest)
    }
}
