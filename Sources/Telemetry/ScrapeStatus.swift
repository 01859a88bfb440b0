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
    /// What is wrong with discovery, in one line for each problem, by what it is about; none while all is well.
    public var problems: [String: String] = [:]

    /// Nothing.
    public init() {}

    /// The targets, in the order in which a page shows them.
    public var sorted: [Target] {
        targets.values.sorted {
            ($0.address, $0.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ","))
                < ($1.address, $1.labels.map { "\($0.name)=\($0.value)" }.joined(separator: ","))
        }
    }

    /// How many targets are in each state.
    var counts: [State: Int] {
        var counts = Dictionary(uniqueKeysWithValues: State.allCases.map { ($0, 0) })
        for target in targets.values { counts[target.state, default: 0] += 1 }
        return counts
    }
}
