import Testing

@testable import Telemetry

@Suite struct TrafficTests {
    private let second = 100_000 / Traffic.stepSeconds * Traffic.stepSeconds

    @Test func `what several parts of the server saw of a step is one sum`() {
        var (one, other) = (Traffic(), Traffic())
        one.note(second: second, samples: 3, nanoseconds: 10, isRefused: false)
        one.note(second: second + 4, samples: 4, nanoseconds: 30, isRefused: true)
        other.note(second: second + 1, samples: 5, nanoseconds: 20, isRefused: false)
        let steps = Traffic.steps(of: [one, other], before: second + Traffic.stepSeconds)
        #expect(steps.count == Traffic.stepCount - 1)
        let last = steps.last
        #expect(last?.pushes == 3)
        #expect(last?.samples == 8)
        #expect(last?.refusals == 1)
        #expect(last?.nanoseconds == 60)
        #expect(last?.slowest == 30)
        #expect(steps.dropLast().allSatisfy { $0 == Traffic.Step() })
    }

    @Test func `what is older than ten minutes is gone, and so is the step that is not over`() {
        var traffic = Traffic()
        traffic.note(second: second, samples: 1, nanoseconds: 1, isRefused: false)
        #expect(Traffic.steps(of: [traffic], before: second).allSatisfy { $0.pushes == 0 })
        let span = Traffic.stepSeconds * Traffic.stepCount
        #expect(Traffic.steps(of: [traffic], before: second + span - 1).first?.pushes == 1)
        #expect(Traffic.steps(of: [traffic], before: second + span).allSatisfy { $0.pushes == 0 })
        traffic.note(second: second + span, samples: 1, nanoseconds: 1, isRefused: false)
        let steps = Traffic.steps(of: [traffic], before: second + span + Traffic.stepSeconds)
        #expect(steps.map(\.pushes).reduce(0, +) == 1)
    }

    @Test func `right after the start there are zeros`() {
        #expect(Traffic.steps(of: [Traffic()], before: 3).count == Traffic.stepCount - 1)
    }
}
