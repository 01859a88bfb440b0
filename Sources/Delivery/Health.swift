import Telemetry

/// Whether a destination answers as it should (contract A2): pure, given the time.
///
/// It is failing once its attempts have failed for a second without a success, or one attempt has had no answer for as
/// long as pushers wait, or its configuration is wrong; the next success ends that.
struct Health: Sendable {
    /// An instant on both clocks: the steady one to reckon with, the wall's to tell people.
    struct Moment: Sendable, Equatable {
        var instant: ContinuousClock.Instant
        /// Milliseconds since the epoch, where there is a clock.
        var wall: Int64?
    }

    /// How long attempts fail before the destination does.
    static let patience = Duration.seconds(1)
    /// How often a destination is tried whose configuration is wrong.
    static let holdInterval = Duration.seconds(10)

    /// How many attempts ended well, and how many did not.
    struct Tally: Sendable, Equatable {
        var successes = 0
        var failures = 0
    }

    private struct Trouble {
        var reason: String
        var since: Moment
        var isHeld: Bool
    }

    /// An attempt that has had no answer for so long makes the destination failing.
    var answerTimeout: Duration
    /// When each wire's attempt began, for those that are in flight.
    private var attempts: [Moment?]
    private var lastSuccess: Moment?
    /// How many attempts were answered as they should be, and how many failed.
    private(set) var tally = Tally()
    private var failures: Trouble?
    /// Until when nothing is tried, where the configuration is wrong.
    private var heldUntil: ContinuousClock.Instant?

    init(wires: Int, answerTimeout: Duration) {
        attempts = Array(repeating: nil, count: wires)
        self.answerTimeout = answerTimeout
    }

    /// Whether the configuration is taken to be wrong.
    var isHeld: Bool { heldUntil != nil }

    /// Asks for leave to make an attempt, which is given to one wire in ten seconds while the configuration is wrong.
    ///
    /// - Returns: nil, or when to ask again.
    mutating func begin(wire: Int, at moment: Moment) -> ContinuousClock.Instant? {
        if let heldUntil {
            guard moment.instant >= heldUntil else { return heldUntil }
            self.heldUntil = moment.instant + Self.holdInterval
        }
        attempts[wire] = moment
        return nil
    }

    /// An attempt was answered by a destination that does what it should.
    mutating func succeed(wire: Int, at moment: Moment) {
        attempts[wire] = nil
        tally.successes += 1
        lastSuccess = moment
        failures = nil
        heldUntil = nil
    }

    /// An attempt has failed that says nothing of the destination but that its configuration is not what is wrong.
    mutating func ignore(wire: Int) {
        attempts[wire] = nil
        heldUntil = nil
        failures?.isHeld = false
    }

    /// The failures since the last success were a push's, and not the destination's.
    mutating func pardon() {
        if !isHeld { failures = nil }
    }

    /// An attempt failed.
    mutating func fail(wire: Int, because reason: String, at moment: Moment) {
        note(wire: wire, reason, at: moment, isHeld: false)
        heldUntil = nil
    }

    /// An attempt was answered as only a wrong configuration is.
    mutating func hold(wire: Int, because reason: String, at moment: Moment) {
        note(wire: wire, reason, at: moment, isHeld: true)
        heldUntil = moment.instant + Self.holdInterval
    }

    /// What the destination is shown has changed: the next attempt may be made at once.
    mutating func renew(at now: ContinuousClock.Instant) {
        if heldUntil != nil { heldUntil = now }
    }

    /// Why the destination is failing, and since when; nil while it is not.
    func failing(at now: ContinuousClock.Instant) -> String? {
        if let failures, failures.isHeld || now - failures.since.instant >= Self.patience { return describe(failures) }
        // A plain loop: every push asks.
        var oldest: Moment?
        for case let attempt? in attempts where oldest.map({ attempt.instant < $0.instant }) ?? true {
            oldest = attempt
        }
        guard let oldest else { return nil }
        let since = later(oldest, lastSuccess)
        guard now - since.instant >= answerTimeout else { return nil }
        return describe(Trouble(reason: "no answer", since: since, isHeld: false))
    }

    /// Why its last attempts failed, and since when; nil where they did not.
    var trouble: String? { failures.map(describe) }

    /// What is known of a destination that has not answered yet and is not failing.
    var slow: String { trouble ?? "no answer yet" }

    private mutating func note(wire: Int, _ reason: String, at moment: Moment, isHeld: Bool) {
        let began = attempts[wire] ?? moment
        attempts[wire] = nil
        tally.failures += 1
        let since = failures?.since ?? later(began, lastSuccess)
        failures = Trouble(reason: reason, since: since, isHeld: isHeld)
    }

    private func later(_ moment: Moment, _ other: Moment?) -> Moment {
        guard let other, other.instant > moment.instant else { return moment }
        return other
    }

    private func describe(_ trouble: Trouble) -> String {
        guard let wall = trouble.since.wall else { return trouble.reason }
        return "\(trouble.reason), since \(CivilTime.rfc3339(seconds: wall / 1_000))"
    }
}
