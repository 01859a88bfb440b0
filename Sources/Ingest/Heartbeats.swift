import Samples
import Settings
import Synchronization

/// When the services of `probes` were last heard of: one time for each, and nothing else of what they push.
///
/// A push is a heartbeat once it is found right, whether the queue has room for it or not: the service lives.
final class Heartbeats: Sendable {
    /// A service, and its last heartbeat.
    final class Service: Sendable {
        let settings: ProbedService
        private let metric: [UInt8]?
        private let beat: Beat
        /// A time that is so far ahead, in seconds, is none of seconds: nothing would ever make it old.
        private static let furthest = 3_600.0

        /// - Parameter former: the same service until now.
        fileprivate init(_ settings: ProbedService, inPlaceOf former: Service?) {
            self.settings = settings
            // Shared, and not copied: who still knows the former one may hear of the service yet.
            beat = former?.beat ?? Beat()
            metric = settings.metric.map { Array($0.utf8) }
        }

        /// The time of the last heartbeat, in seconds since the epoch; nil before the first.
        var last: Double? {
            let time = Double(bitPattern: beat.bits.load(ordering: .relaxed))
            return time.isNaN ? nil : time
        }

        /// How many heartbeats there were.
        var count: Int { beat.count.load(ordering: .relaxed) }

        /// The service has pushed; nothing where its metric is not among what it pushed, or says no time.
        fileprivate func heard(_ batch: borrowing SampleBatch, at receipt: Double) {
            guard let time = metric.map({ batch.greatestValue(named: $0) }) ?? receipt,
                time.isFinite, time <= receipt + Self.furthest
            else { return }
            beat.bits.store(time.bitPattern, ordering: .relaxed)
            beat.count.wrappingAdd(1, ordering: .relaxed)
        }
    }

    /// When a service was last heard of.
    private final class Beat: Sendable {
        /// Seconds since the epoch; not a number before the first.
        let bits = Atomic(Double.nan.bitPattern)
        let count = Atomic(0)
    }

    /// Services that are told by labels of the same names.
    private struct Kind {
        /// Sorted, as those of a grouping are.
        var names: [[UInt8]]
        /// The services by the values of these labels.
        var services: [[[UInt8]]: [Service]] = [:]
    }

    let services: [Service]
    private let kinds: [Kind]

    /// What is remembered for these services; nil where there are none.
    ///
    /// - Parameter former: what was remembered until now; services that are the same go on.
    init?(_ settings: Probes, inPlaceOf former: Heartbeats? = nil) {
        guard !settings.services.isEmpty else { return nil }
        services = settings.services.map { service in
            let same = former?[service.name].flatMap { $0.settings.isHeardLike(service) ? $0 : nil }
            return Service(service, inPlaceOf: same)
        }
        var kinds: [[[UInt8]]: Kind] = [:]
        for service in services {
            let labels = service.settings.effectiveLabels.map { (name: Array($0.utf8), value: Array($1.utf8)) }
                .sorted { $0.name.lexicographicallyPrecedes($1.name) }
            let names = labels.map(\.name)
            kinds[names, default: Kind(names: names)].services[labels.map(\.value), default: []].append(service)
        }
        self.kinds = Array(kinds.values)
    }

    /// The service of this name.
    subscript(name: String) -> Service? { services.first { $0.settings.name == name } }

    /// A push is right: a heartbeat of the services that it is from.
    ///
    /// - Parameters:
    ///   - batch: what was pushed, canonical.
    ///   - receipt: milliseconds since the epoch.
    func heard(_ grouping: Grouping, _ batch: borrowing SampleBatch, at receipt: Int64) {
        for kind in kinds {
            guard let services = kind.services[kind.names.compactMap(grouping.value)] else { continue }
            for service in services { service.heard(batch, at: Double(receipt) / 1_000) }
        }
    }
}

extension Grouping {
    fileprivate func value(of name: [UInt8]) -> [UInt8]? { labels.first { $0.name == name }?.value }
}

extension SampleBatch {
    /// The greatest of the last values of the series of this name; nil where there is none.
    fileprivate func greatestValue(named name: [UInt8]) -> Double? {
        var greatest: Double?
        for series in series where arena[series.name.indices].elementsEqual(name) {
            guard let last = series.samples.last, !samples[last].value.isNaN else { continue }
            greatest = max(greatest ?? -.infinity, samples[last].value)
        }
        return greatest
    }
}
