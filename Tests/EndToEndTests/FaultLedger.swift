/// What pushers were told, push by push.
struct FaultLedger: Sendable {
    /// How many samples a push has; those of the push `n` are numbered from `n * parts`.
    let parts: Int
    /// The status of each push, by its number; 0 where no answer came.
    private(set) var statuses: [Int: Int] = [:]
    /// How many pushes got which status.
    private(set) var counts: [Int: Int] = [:]
    /// The bodies of the 422s.
    private(set) var refusals: [Int: String] = [:]
    /// A reason that came with a 202, the last one.
    private(set) var reason: String?
    /// What should not have been answered, in words.
    private(set) var flaws: [String] = []

    private let poisonEvery: Int?

    init(parts: Int, poisonEvery: Int? = nil) {
        self.parts = parts
        self.poisonEvery = poisonEvery
    }

    /// Whether a destination is to refuse this push.
    func isPoisoned(_ push: Int) -> Bool { poisonEvery.map { push % $0 == 0 } ?? false }

    /// The pushes that were answered this.
    func pushes(_ status: Int) -> [Int] { statuses.filter { $0.value == status }.map(\.key).sorted() }

    /// How many were answered one of these.
    func count(_ wanted: Int...) -> Int { wanted.reduce(0) { $0 + (counts[$1] ?? 0) } }

    mutating func add(_ push: Int, _ answer: FaultMessage?) {
        let status = answer?.status ?? 0
        statuses[push] = status
        counts[status, default: 0] += 1
        guard let answer else { return }
        switch status {
        case 202: note(answer)
        case 422: refusals[push] = String(decoding: answer.body, as: UTF8.self)
        case 503:
            let seconds = answer.header("Retry-After").flatMap { Int($0) } ?? 0
            if !(1...60).contains(seconds) { complain("503 with Retry-After \(seconds)") }
        default: break
        }
    }

    private mutating func note(_ answer: FaultMessage) {
        guard let why = answer.header("Push-Collector-Reason") else { return complain("202 without a reason") }
        reason = why
    }

    mutating func complain(_ flaw: String) {
        if flaws.count < 20 { flaws.append(flaw) }
    }
}
