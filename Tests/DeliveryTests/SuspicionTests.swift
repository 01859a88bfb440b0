import Testing

@testable import Delivery

@Suite("Suspicion")
struct SuspicionTests {
    private let failed = Response.status(500, message: "", retryAfter: nil)

    /// What is judged after each of so many failures of the batch's own, and these of others.
    private func verdicts(_ count: Int, successes: Int = 0, failures: Int = 0, asides: Int = 0) -> [Bool] {
        var suspicion = Suspicion(tally: Health.Tally(successes: 10, failures: 20))
        return (1...count).map { own in
            let tally = Health.Tally(successes: 10 + successes, failures: 20 + own + failures)
            return suspicion.judges(failed, by: tally, asides: asides)
        }
    }

    @Test func `begins with the fifth failure, and then takes one`() {
        #expect(verdicts(6, successes: 1) == [false, false, false, false, true, true])
    }

    @Test func `needs a success elsewhere, or that nobody else has failed`() {
        #expect(verdicts(5).last == true)
        #expect(verdicts(5, failures: 1).last == false)
        #expect(verdicts(5, successes: 1, failures: 100).last == true)
    }

    @Test func `is aroused by ten answers of 500, whatever others fare`() {
        #expect(verdicts(10, failures: 100) == Array(repeating: false, count: 9) + [true])
    }

    @Test func `without a success only so many are put aside`() {
        #expect(verdicts(5, asides: Suspicion.credulity).last == false)
        #expect(verdicts(5, successes: 1, asides: Suspicion.credulity).last == true)
    }

    @Test func `is of 5xx alone`() {
        for response in [Response.unreachable("reset"), .status(429, message: "", retryAfter: nil)] {
            var suspicion = Suspicion()
            let tally = Health.Tally(successes: 9, failures: 9)
            #expect(!(0..<9).contains { _ in suspicion.judges(response, by: tally, asides: 0) })
        }
    }
}
