/// Whether failures are laid to a batch, and not to the destination: poison may come as 5xx (contract, "What a
/// destination's answer means").
///
/// Pure: it compares what the destination answered to others since the batch was taken in hand.
struct Suspicion: Sendable {
    /// How often a whole batch fails before it is suspected.
    static let patience = 5
    /// How many pushes are put aside without a sign that others fare better.
    static let credulity = 8

    private let before: Health.Tally
    private var failures = 0
    private var isAroused = false

    /// A batch that is taken in hand when the destination has answered so often.
    init(tally: Health.Tally = Health.Tally()) { before = tally }

    /// Whether the destination has stored something since the batch was taken in hand.
    func isProven(by tally: Health.Tally) -> Bool { tally.successes > before.successes }

    /// Whether a piece of the batch that was answered so is to be taken apart.
    ///
    /// The destination has answered 5xx five times, and meanwhile it has stored something from elsewhere, or nobody else
    /// has failed either. Ten answers of 500 arouse it too, whatever others fare: each shard may have poison of its own, and
    /// an outage seldom answers just that. Once aroused, suspicion needs one failure a piece.
    ///
    /// - Parameter asides: how many pushes are aside already.
    mutating func judges(_ response: Response, by tally: Health.Tally, asides: Int) -> Bool {
        guard (500..<600).contains(response.code) else { return false }
        failures += 1
        guard failures >= Self.patience || isAroused else { return false }
        // Each of this batch's own failures is in the tally too.
        let failedElsewhere = tally.failures - before.failures > failures
        let isLikely = !failedElsewhere || (response.code == 500 && failures >= 2 * Self.patience)
        isAroused = isProven(by: tally) || (isLikely && asides < Self.credulity)
        return isAroused
    }
}
