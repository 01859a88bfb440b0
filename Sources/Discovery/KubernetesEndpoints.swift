public import Settings

/// The ready endpoints of the services that are selected, as targets: what is asked of the API server, and what its answers
/// change.
///
/// In each namespace two watches run, of services and of endpoint slices; requests are told apart by numbers from 0 on.
public struct KubernetesEndpoints: Sendable {
    /// A watch of a namespace's services goes before that of its slices.
    private static let watches = 2

    private let settings: KubernetesDiscovery
    private let job: String
    private let server: String
    private let namespaces: [String?]
    private var services: [ResourceWatch<Service>]
    private var slices: [ResourceWatch<EndpointSlice>]

    /// Watches that begin now.
    ///
    /// - Parameters:
    ///   - server: the URL of the API server, without a slash at its end.
    ///   - job: the job of series that have none.
    public init(_ settings: KubernetesDiscovery, server: String, job: String, now: ContinuousClock.Instant) {
        self.settings = settings
        self.job = job
        self.server = server
        namespaces = settings.namespaces.isEmpty ? [nil] : settings.namespaces
        let fields = Self.selector("fieldSelector", settings.fieldSelectors)
        let labels = Self.selector("labelSelector", settings.labelSelectors)
        services = namespaces.map {
            .init(.init(namespace: $0, selectors: fields + labels, portName: settings.portName), now: now)
        }
        // A slice that was written by hand has not its service's labels; all have its name.
        let named = Self.selector("labelSelector", ["kubernetes.io/service-name"])
        slices = namespaces.map {
            .init(.init(namespace: $0, selectors: named, portName: settings.portName), now: now)
        }
    }

    private static func selector(_ name: String, _ all: [String]) -> String {
        all.isEmpty ? "" : "&\(name)=\(ResourceWatch<Service>.escaped(all.joined(separator: ",")))"
    }

    /// When there is something to ask for.
    public var nextTime: ContinuousClock.Instant? {
        (services.compactMap(\.nextTime) + slices.compactMap(\.nextTime)).min()
    }

    /// What to ask for now, by its number; nil: nothing.
    public mutating func next(client: Int, now: ContinuousClock.Instant) -> (number: Int, request: FetchRequest)? {
        for index in namespaces.indices {
            if let asked = services[index].next(now: now) {
                return (index * Self.watches, request(asked.path, asked.isStream, client))
            }
            if let asked = slices[index].next(now: now) {
                return (index * Self.watches + 1, request(asked.path, asked.isStream, client))
            }
        }
        return nil
    }

    private func request(_ path: String, _ isStream: Bool, _ client: Int) -> FetchRequest {
        // Longer than the server lets a watch be.
        let timeout = isStream ? ResourceWatch<Service>.relistInterval + .seconds(30) : .seconds(30)
        var request = FetchRequest(url: server + path, client: client, timeout: timeout, bodyLimit: 64 << 20)
        request.isStream = isStream
        request.lines = ["Accept: application/json"]
        return request
    }

    /// A watch has brought so much more.
    ///
    /// - Returns: whether there may be other targets.
    public mutating func received(_ bytes: [UInt8], by number: Int) -> Bool {
        let index = number / Self.watches
        guard namespaces.indices.contains(index) else { return false }
        return number % Self.watches == 0 ? services[index].received(bytes) : slices[index].received(bytes)
    }

    /// A request is over.
    ///
    /// - Parameter jitter: from 0 to 1.
    /// - Returns: whether there may be other targets.
    public mutating func finished(
        _ answer: FetchAnswer, by number: Int, jitter: Double, now: ContinuousClock.Instant
    ) -> Bool {
        let index = number / Self.watches
        guard namespaces.indices.contains(index) else { return false }
        return number % Self.watches == 0
            ? services[index].finished(answer, jitter: jitter, now: now)
            : slices[index].finished(answer, jitter: jitter, now: now)
    }

    /// What is wrong, in one line each, by what is asked for; none where all is well.
    public var problems: [String: String] {
        var problems: [String: String] = [:]
        for (index, namespace) in namespaces.enumerated() {
            let place = namespace.map { " in \($0)" } ?? ""
            problems["services\(place)"] = services[index].problem
            problems["endpointslices\(place)"] = slices[index].problem
        }
        return problems
    }

    /// The targets that there are; nil before all that is asked for is known.
    public var targets: [ScrapeTarget]? {
        guard services.allSatisfy({ $0.objects != nil }), slices.allSatisfy({ $0.objects != nil }) else { return nil }
        var names: [String: String] = [:]
        for service in services.lazy.flatMap({ ($0.objects ?? [:]).values }) {
            names[service.metadata.key] = service.metadata.name ?? ""
        }
        var targets: Set<ScrapeTarget> = []
        for slice in slices.lazy.flatMap({ ($0.objects ?? [:]).values }) {
            guard let name = names[slice.service] else { continue }
            for address in slice.addresses {
                let labels = ["service": name, "source": "kubernetes"]
                targets.insert(ScrapeTarget(address: address, job: job, labels: labels))
            }
        }
        return targets.sorted { ($0.address, $0.hash) < ($1.address, $1.hash) }
    }
}
