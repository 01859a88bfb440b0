import Fixtures

extension FaultReply {
    /// What a destination does that fails in all ways: this share of its requests, by their numbers.
    static func flapping(_ share: Double, seed: UInt64) -> FaultyDestination.Behaviour {
        { request in
            var random = SplitMix(state: seed &+ UInt64(request.number) &* 0x9e37_79b9)
            guard Double.random(in: 0..<1, using: &random) < share else { return stored }
            return failures.randomElement(using: &random) ?? stored
        }
    }

    private static let failures: [FaultReply] = [
        .status(500, "out of order"), .status(502), .status(503, headers: "Retry-After: 1"), .status(429, "slower"),
        .status(408), .failed(.half), .failed(.half, stores: true), .failed(.garbage), .failed(.close),
        .failed(.close, stores: true), .failed(.reset), .failed(.reset, stores: true), .failed(.stall),
        .failed(.stall, stores: true), .stored(after: .milliseconds(100)), .stored(then: .closed),
        .stored(then: .reset), .stored(then: .resetByNext),
    ]
}
