/// `probes`: the services whose heartbeats are watched.
public struct Probes: Sendable, Equatable {
    /// Each with a name of its own.
    public var services: [ProbedService] = []

    /// The defaults: none.
    public init() {}
}

/// An item of `probes.services`: a service that shows by pushing that it lives.
public struct ProbedService: Sendable, Equatable {
    /// What `/probe` is asked for.
    public var name = ""
    /// For so long after a heartbeat the service is taken to live; the file has to say.
    public var freshnessThreshold = Duration.seconds(60)
    /// `match`: the labels that the path of its pushes has, others beside them or not; nil: `instance`, which is the name.
    public var labels: [String: String]?
    /// The metric whose value is the time of the heartbeat, in seconds since the epoch; nil: the time of receipt.
    public var metric: String?

    /// A service without a name; for the file to fill in.
    public init() {}

    /// The labels that its pushes have.
    public var effectiveLabels: [String: String] { labels ?? ["instance": name] }

    /// Whether the same pushes are heartbeats of both, at the same times.
    public func isHeardLike(_ other: ProbedService) -> Bool {
        effectiveLabels == other.effectiveLabels && metric == other.metric
    }
}

extension Probes {
    /// Everything in which the services make no sense.
    func contradictions(at path: SettingPath) -> [Contradiction] {
        let path = path.key("services")
        var names: Set<String> = []
        return services.indices.flatMap { index in
            let (service, path) = (services[index], path.item(index))
            var result = service.contradictions(at: path)
            if !names.insert(service.name).inserted {
                result.append(.init(path.key("name"), .duplicate(service.name)))
            }
            return result
        }
    }
}

extension ProbedService {
    fileprivate func contradictions(at path: SettingPath) -> [Contradiction] {
        var result: [Contradiction] = []
        if name.isEmpty { result.append(.init(path.key("name"), .empty)) }
        let most = Duration.seconds(366 * 86_400)
        if freshnessThreshold < .milliseconds(1) {
            result.append(.init(path.key("freshness_threshold"), .tooSmall(minimum: "1ms")))
        } else if freshnessThreshold > most {
            result.append(.init(path.key("freshness_threshold"), .tooLarge(maximum: most.prometheusText)))
        }
        if let labels {
            if labels.isEmpty { result.append(.init(path.key("match"), .empty)) }
            if labels[""] != nil { result.append(.init(path.key("match"), .emptyLabelName)) }
            for (name, value) in labels.sorted(by: { $0.key < $1.key }) where value.isEmpty {
                result.append(.init(path.key("match").key(name), .empty))
            }
        }
        if metric?.isEmpty == true { result.append(.init(path.key("metric"), .empty)) }
        return result
    }
}
