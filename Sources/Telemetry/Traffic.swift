/// How many pushes came in the last minutes, and how they were answered: sums over a few seconds each.
///
/// Pure, given the time; of fixed size.
public struct Traffic: Sendable {
    /// What came within one step.
    public struct Step: Sendable, Equatable {
        /// Pushes, those that were refused among them.
        public var pushes = 0
        /// Samples of pushes that were not refused.
        public var samples = 0
        /// Pushes that were refused.
        public var refusals = 0
        /// What all pushes together took to be answered.
        public var nanoseconds = 0
        /// What the slowest of them took.
        public var slowest = 0

        /// Nothing came.
        public init() {}

        /// Adds what another part of the server saw of the same step.
        mutating func add(_ other: Step) {
            pushes += other.pushes
            samples += other.samples
            refusals += other.refusals
            nanoseconds += other.nanoseconds
            slowest = max(slowest, other.slowest)
        }
    }

    /// The seconds of a step.
    public static let stepSeconds = 5
    /// How many steps are kept: ten minutes.
    public static let stepCount = 120

    private var steps: [Step] = []
    /// Which step each place holds.
    private var numbers: [Int] = []

    /// Nothing has come yet.
    public init() {}

    /// Notes a push.
    ///
    /// - Parameter second: on a clock that is never set back.
    public mutating func note(second: Int, samples: Int, nanoseconds: Int, isRefused: Bool) {
        if steps.isEmpty {
            steps = Array(repeating: Step(), count: Self.stepCount)
            numbers = Array(repeating: -1, count: Self.stepCount)
        }
        let number = second / Self.stepSeconds
        let place = number % Self.stepCount
        if numbers[place] != number {
            numbers[place] = number
            steps[place] = Step()
        }
        steps[place].pushes += 1
        if isRefused { steps[place].refusals += 1 } else { steps[place].samples += samples }
        steps[place].nanoseconds += nanoseconds
        steps[place].slowest = max(steps[place].slowest, nanoseconds)
    }

    /// The last steps, the one that is not over yet not among them, the earliest first.
    ///
    /// - Parameter second: now, on the clock of `note`.
    public static func steps(of all: [Traffic], before second: Int) -> [Step] {
        let now = second / stepSeconds
        return ((now - stepCount + 1)..<now).map { number in
            all.reduce(into: Step()) { sum, traffic in
                let place = ((number % stepCount) + stepCount) % stepCount
                guard !traffic.steps.isEmpty, traffic.numbers[place] == number else { return }
                sum.add(traffic.steps[place])
            }
        }
    }
}
