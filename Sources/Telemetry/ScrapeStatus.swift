/// What is scraped, and what came of it last: for a page to show.
public struct ScrapeStatus: Sendable, Equatable {
    /// What is known of a target.
    public enum State: String, Sendable, CaseIterable {
        /// It has not been scraped yet.
        case unknown
        /// The last scrape succeeded.
        case up
        /// The last scrape failed.
        case down

        /// Where it stands in a list of all.
        var urgency: Int { [.down: 0, .unknown: 1, .up: 2][self] ?? 0 }
    }

    /// A target.
    public struct Target: Sendable, Equatable {
        /// Host and port.
        public var address: String
        /// Its labels, sorted by name.
        public var labels: [(name: String, value: String)]
        /// What is known of it.
        public var state = State.unknown
        /// When the last scrape began, in ms since the epoch; nil: never.
        public var lastScrape: Int64?
        /// How long it took.
        public var duration = Duration.zero
        /// Why it failed, in one line; nil where it did not.
        public var error: String?
        /// How many samples it brought.
        public var samples = 0

        /// A target that has not been scraped yet.
        public init(address: String, labels: [(name: String, value: String)]) {
            self.address = address
            self.labels = labels
        }

        /// Whether all that is known of both is the same.
        public static func == (one: Self, other: Self) -> Bool {
            one.address == other.address && one.labels.elementsEqual(other.labels, by: ==) && one.state == other.state
                && one.lastScrape == other.lastScrape && one.duration == other.duration && one.error == other.error
                && one.samples == other.samples
        }
    }

    /// The targets, by a number of their own.
    public var targets: [Int: Target] = [:]
    /// How many Pushgateways Kubernetes knows, those of other replicas among them; nil while that is not known.
    public var discovered: Int?
    /// What is wrong with discovery, in one line for each problem, by what it is about; none while all is well.
    public var problems: [String: String] = [:]

    /// Nothing.
    public init() {}

    /// The targets, those first that cannot be scraped, then those that have not been yet.
    public var sorted: [Target] {
        targets.values.sorted { one, other in
            if one.state != other.state { return one.state.urgency < other.state.urgency }
            if one.address != other.address { return one.address < other.address }
            return one.labels.lexicographicallyPrecedes(other.labels, by: <)
        }
    }

    /// How many targets are in each state.
    public var counts: [State: Int] {
        var counts = Dictionary(uniqueKeysWithValues: State.allCases.map { ($0, 0) })
        for target in targets.values { counts[target.state, default: 0] += 1 }
        return counts
    }
}
