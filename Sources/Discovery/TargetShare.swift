public import Settings

/// Which of the targets are one replica's: those whose hash, modulo the number of replicas, is its index.
public struct TargetShare: Sendable, Equatable {
    private let replicas: UInt64
    private let index: UInt64

    /// All targets.
    public static let all = TargetShare(index: 0, of: 1)

    private init(index: Int, of replicas: Int) {
        (self.index, self.replicas) = (UInt64(index), UInt64(replicas))
    }

    /// The share of a replica.
    ///
    /// - Parameter host: the name of the machine; where no index is given, the number behind its last hyphen is one.
    /// - Returns: nil where the host's name tells no index, or one that is too large.
    public init?(_ settings: Clustering, host: String) {
        guard settings.enabled else {
            self = .all
            return
        }
        guard let index = settings.index ?? Self.ordinal(in: host), index < settings.replicas else { return nil }
        self.init(index: index, of: settings.replicas)
    }

    /// Whether a target is among them.
    public func owns(_ target: ScrapeTarget) -> Bool { target.hash % replicas == index }

    /// The number at the end of the name of a StatefulSet's pod, `collector-3` or `collector-3.collector.svc`.
    private static func ordinal(in host: String) -> Int? {
        let name = host.prefix { $0 != "." }
        guard let hyphen = name.lastIndex(of: "-") else { return nil }
        let digits = name[name.index(after: hyphen)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        return Int(digits)
    }
}
