/// The labels that a push's URL gives to all of its series, sorted by the bytes of their names.
///
/// They win over labels of the same name in the body (contract G9). The set, empty values included, is the grouping
/// key: samples of one key keep their order on the way to a destination.
public struct Grouping: Sendable, Equatable {
    /// A label of the URL, decoded.
    public struct Label: Sendable, Equatable {
        /// The name's UTF-8 bytes, never empty.
        public var name: [UInt8]
        /// The value's UTF-8 bytes; empty means that the label is absent on the wire, from the body too.
        public var value: [UInt8]

        /// A label of this name and value.
        public init(name: [UInt8], value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The labels, sorted by name, no name twice; `job` is among them, but for what is none of a URL's.
    public let labels: [Label]

    /// The job's name.
    public let job: String

    /// A hash of the grouping key, the same for equal keys for the life of the process.
    public let hash: UInt64

    /// Sorts the labels; of a name given twice the last one wins, but for the job (contract G7).
    ///
    /// - Parameters:
    ///   - job: the job of the path's first component, which no later label overrides.
    ///   - labels: the other labels in the order of the path.
    public init(job: [UInt8], labels: [Label] = []) {
        var last: [[UInt8]: [UInt8]] = [:]
        for label in labels { last[label.name] = label.value }
        last[Array("job".utf8)] = job
        self.job = String(decoding: job, as: UTF8.self)
        self.labels = last.map(Label.init(name:value:)).sorted { $0.name.lexicographicallyPrecedes($1.name) }
        var hasher = Hasher()
        for label in self.labels {
            hasher.combine(label.name)
            hasher.combine(label.value)
        }
        hash = UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// No labels: of series that have all of theirs.
    ///
    /// - Parameter hash: what tells one such group from others.
    public init(hash: UInt64) {
        labels = []
        job = ""
        self.hash = hash
    }
}
