public import Settings

/// A server whose series are scraped.
public struct ScrapeTarget: Sendable, Hashable {
    /// A label that its series get.
    public struct Label: Sendable, Hashable {
        /// The name.
        public var name: String
        /// The value, not empty.
        public var value: String
    }

    /// Host and port.
    public let address: String
    /// What series get that have no label of these names, sorted by the bytes of the names; `job` and `instance` are among
    /// them.
    public let labels: [Label]
    /// A hash of the address, the same in every process and on every machine.
    ///
    /// FNV-1a of 64 bits, and MurmurHash3's last steps, so that addresses which differ in one digit are far apart.
    public let hash: UInt64

    /// A target; of a label that is given without a value, there is none.
    ///
    /// - Parameter job: the job of its series that have none.
    public init(address: String, job: String, labels: [String: String] = [:]) {
        self.address = address
        let all = ["job": job, "instance": address].merging(labels) { _, own in own }
        self.labels = all.filter { !$0.value.isEmpty }.map(Label.init(name:value:))
            .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        var hash = address.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ hash &>> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash &>> 33) &* 0xc4ce_b9fe_1a85_ec53
        self.hash = hash ^ hash &>> 33
    }
}

extension ScrapeTarget {
    /// The targets that the configuration names.
    public static func named(in settings: PushGatewayScrape) -> [ScrapeTarget] {
        settings.targets.map { .init(address: $0.address, job: settings.jobLabel, labels: $0.labels) }
    }
}
