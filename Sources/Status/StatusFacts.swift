public import Delivery
public import Settings
public import Telemetry

/// All that the status page shows, at one time.
///
/// Texts of pushers and destinations are as they came; whoever shows them cuts and escapes them.
public struct StatusFacts: Sendable {
    /// How far the server is.
    public enum Phase: String, Sendable {
        case starting, ready, draining
    }

    /// Milliseconds since the epoch, as every time here.
    public var now: Int64 = 0
    /// When the process started.
    public var started: Int64 = 0
    /// What was built.
    public var build = BuildInfo(version: "", swiftVersion: "", revision: "")
    /// How far the server is.
    public var phase = Phase.ready
    /// Whether the configuration was taken when it was last read.
    public var isConfigurationCurrent = true
    /// When the configuration in force was read.
    public var configurationRead: Int64 = 0
    /// The configuration in force.
    public var settings = Settings()
    /// In the order of the configuration.
    public var destinations: [DestinationStatus] = []
    /// The last minutes, the earliest first.
    public var traffic: [Traffic.Step] = []
    /// The last pushes that were taken, the last one first.
    public var taken: [PushFacts] = []
    /// The last pushes that were refused, the last one first.
    public var refused: [PushFacts] = []
    /// The services whose heartbeats are watched, in the order of the configuration.
    public var probes: [ProbeStatus] = []
    /// The Pushgateways that are read; nil where none are to be.
    public var scrape: ScrapeStatus?
    /// How many pushes were answered since the start, and how many of them were refused.
    public var pushes = (all: 0, refused: 0)

    /// Nothing is known yet.
    public init() {}
}

/// A push that was answered.
public struct PushFacts: Sendable {
    /// When it was answered.
    public var time: Int64
    /// Who pushed it.
    public var peer: String
    /// Its job; nil where its path tells none.
    public var job: String?
    /// What its request line named.
    public var path: String
    /// How many samples it had, where it could be read.
    public var samples: Int
    /// The status of its answer.
    public var status: Int
    /// How long that took.
    public var nanoseconds: Int
    /// Why it was refused, or is not stored yet; empty where it is.
    public var reason: String

    /// A push that has this answer.
    public init(time: Int64, peer: String, path: String, status: Int) {
        (self.time, self.peer, self.path, self.status) = (time, peer, path, status)
        (samples, nanoseconds, reason) = (0, 0, "")
    }
}

extension StatusFacts {
    /// What was refused or lost by destinations, the last one first.
    var losses: [(destination: String, loss: Loss)] {
        destinations.flatMap { destination in destination.losses.map { (destination.name, $0) } }
            .sorted { $0.loss.time > $1.loss.time }
    }

    /// The pushes of the last minutes, and those of them that were refused.
    var recent: (pushes: Int, refusals: Int) {
        traffic.reduce((0, 0)) { ($0.0 + $1.pushes, $0.1 + $1.refusals) }
    }
}
