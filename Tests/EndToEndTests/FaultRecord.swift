/// What a destination has got and stored, and what was wrong with it.
struct FaultRecord: Sendable {
    /// Every request, in the order in which they were answered; empty where they are not kept.
    private(set) var requests: [FaultRequest] = []
    /// The sequence numbers of each series, in the order in which they were first stored.
    private(set) var order: [FaultSample.Series: [Int]] = [:]
    /// What should not have come, in words.
    private(set) var flaws: [String] = []
    /// How many requests were answered.
    private(set) var requestCount = 0
    /// The time of each stored sample, by its sequence number.
    private var timestamps: [Int: Int64] = [:]
    private var lastTimestamps: [FaultSample.Series: Int64] = [:]
    private let keepsRequests: Bool

    init(keepingRequests: Bool) { keepsRequests = keepingRequests }

    /// How many samples are stored, each counted once.
    var count: Int { timestamps.count }

    func holds(_ sequence: Int) -> Bool { timestamps[sequence] != nil }

    mutating func answered(_ request: FaultRequest) {
        requestCount += 1
        if keepsRequests { requests.append(request) }
    }

    mutating func complain(_ flaw: String) {
        if flaws.count < 20 { flaws.append(flaw) }
    }

    /// Stores what is new, as a database would.
    mutating func store(_ request: FaultRequest) {
        for sample in request.samples {
            if let known = timestamps[sample.sequence] {
                if known != sample.timestamp {
                    complain("\(sample) had the time \(known) before")
                }
                continue
            }
            if let last = lastTimestamps[sample.series], last >= sample.timestamp {
                complain("\(sample) is behind one with the time \(last)")
            }
            timestamps[sample.sequence] = sample.timestamp
            lastTimestamps[sample.series] = sample.timestamp
            order[sample.series, default: []].append(sample.sequence)
        }
    }
}
