/// The last things of a kind, so many at most.
public struct Ring<Element: Sendable>: Sendable {
    /// How many are kept.
    public let capacity: Int
    @usableFromInline var kept: [Element] = []
    /// Where the next one goes once all places are taken.
    @usableFromInline var next = 0

    /// A ring without elements, whose memory is there once it is first used.
    public init(capacity: Int) { self.capacity = capacity }

    /// Adds one, in the place of the oldest where there is no other.
    @inlinable
    public mutating func append(_ element: Element) {
        guard kept.count == capacity else {
            if kept.isEmpty { kept.reserveCapacity(capacity) }
            return kept.append(element)
        }
        kept[next] = element
        next += 1
        if next == capacity { next = 0 }
    }

    /// Those that are kept, the last one first.
    public var latestFirst: [Element] { (kept[next...] + kept[..<next]).reversed() }
}
