/// A request, and what a Pushgateway and we make of it.
struct PushgatewayRow: Sendable {
    /// What the request is about.
    var what: String
    var request: RawRequest
    var expectation: Expectation
    /// The pushes before it, which both accept.
    var before: [RawRequest]

    /// What both sides are expected to do.
    enum Expectation: Sendable {
        /// Both answer with this status; a refusal has the same text, and of a push the same is stored.
        case same(Int)
        /// Both refuse with this status, each in its own words.
        case ownWords(Int)
        /// The statuses differ; what we store.
        case answers(Difference, theirs: Int, ours: Int, stored: [String] = [])
        /// Both answer 200 and store different samples.
        case stores(Difference, theirs: [String], ours: [String])
        /// Both answer so; after it the Pushgateway's page is an error, for all groups.
        case spoilsThePage(theirs: Int, ours: Int, stored: [String] = [])
    }

    init(
        _ what: String, _ request: RawRequest, _ expectation: Expectation, after before: RawRequest...
    ) {
        self.what = what
        self.request = request
        self.expectation = expectation
        self.before = before
    }

    /// The difference that the row shows.
    var difference: Difference? {
        switch expectation {
        case .same: nil
        case .ownWords: .wording
        case .answers(let difference, _, _, _), .stores(let difference, _, _): difference
        case .spoilsThePage: .spoiltPage
        }
    }

    /// The statuses that are expected.
    var statuses: (theirs: Int, ours: Int) {
        switch expectation {
        case .same(let status), .ownWords(let status): (status, status)
        case .answers(_, let theirs, let ours, _), .spoilsThePage(let theirs, let ours, _): (theirs, ours)
        case .stores: (200, 200)
        }
    }
}
