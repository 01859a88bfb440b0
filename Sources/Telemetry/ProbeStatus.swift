/// A service of `probes`, as it is now.
public struct ProbeStatus: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Whether the last heartbeat is fresh.
    public var isFresh = false
    /// When the last heartbeat was, in seconds since the epoch; nil before the first.
    public var last: Double?
    /// For how many seconds a heartbeat is fresh.
    public var threshold: Double
    /// How many heartbeats there were since the start.
    public var heartbeats = 0

    /// A service that has not been heard of.
    public init(name: String, threshold: Double) {
        (self.name, self.threshold) = (name, threshold)
    }

    /// The time of the last heartbeat as a sample's value.
    var timeText: String {
        let time = last ?? 0
        return Int64(exactly: time).map(String.init) ?? "\(time)"
    }
}
