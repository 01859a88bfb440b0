import Testing

/// All that can be wrong at once: failures in all ways, poison, and pushes that are too large.
struct FaultChaos: Sendable {
    var seed: UInt64
    /// What a request with poison is answered.
    var poisonStatus = 400
    /// How large a request may be.
    var limit = 16 << 10

    func behaviour(_ share: Double) -> FaultyDestination.Behaviour {
        let flapping = FaultReply.flapping(share, seed: seed)
        return { request in
            let reply = flapping(request)
            guard reply.stores else { return reply }
            if request.size > limit { return .status(413, "at most \(limit) bytes") }
            if let culprit = request.poison.first { return .status(poisonStatus, "poisoned sample \(culprit)") }
            return reply
        }
    }

    /// Pushes for so long, and expects that every answer was true.
    func run(_ plan: FaultLoad.Plan, for duration: Duration) async throws {
        let scene = try await FaultScene(
            FaultyDestination(behaviour(0.3)), push: "acknowledge_timeout: 2s", settings: "remote_timeout: 1s",
            "queue_config: {max_backoff: 300ms}")
        let load = scene.load(plan)
        let watch = scene.watch(load)
        let ledger = try await load.run(duration)
        var calm = self
        calm.poisonStatus = 400
        scene.destination.behave(calm.behaviour(0))
        try await scene.finish(ledger, watch)
        if plan.sharedGroups == nil { #expect(scene.destination.record.disordered == []) }
        #expect(ledger.count(0, 503) == 0)
        #expect(ledger.pushes(422).filter { !ledger.isPoisoned($0) } == [])
        #expect(ledger.refusals.values.allSatisfy { $0.contains("destination backend: 400: poisoned sample ") })
    }
}

extension FaultsOverTime {
    @Suite("Everything that can be wrong at once (A1, A2, A5)")
    struct ChaosTests {
        @Test func `small pushes with poison that is answered 400`() async throws {
            try await FaultChaos(seed: 1).run(
                .init(pushers: 64, rate: 500, poisonEvery: 20), for: .seconds(3))
        }

        @Test func `small pushes to shared groups with poison that is answered 500`() async throws {
            try await FaultChaos(seed: 4, poisonStatus: 500).run(
                .init(pushers: 64, rate: 500, sharedGroups: 8, poisonEvery: 20), for: .seconds(3))
        }

        @Test func `pushes that are too large with poison that is answered 500`() async throws {
            try await FaultChaos(seed: 6, poisonStatus: 500).run(
                .init(pushers: 64, rate: 50, poisonEvery: 20, parts: 20, padding: 1_024), for: .seconds(3))
        }
    }
}
