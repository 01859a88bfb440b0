import Testing

extension FaultsWithPatience {
    @Suite("What is held because the configuration is wrong")
    struct HoldTests {
        @Test func `poison that is tried aside does not keep a hold from ending`() async throws {
            let healthy: FaultyDestination.Behaviour = { request in
                request.poison.isEmpty ? .stored(after: .milliseconds(5)) : .status(500, "it hurts")
            }
            let destination = try FaultyDestination(healthy)
            let scene = try await FaultScene(
                destination, push: "acknowledge_timeout: 500ms", settings: "queue_config: {max_backoff: 300ms}")
            // Each of these has a group of its own, so that every shard is likely to have one aside.
            let load = scene.load(.init(pushers: 16, rate: 200))
            let poison = scene.load(.init(pushers: 16, pushes: 16, poisonEvery: 1, first: 1_000_000))
            let poisoned = try await poison.ended()
            #expect(poisoned.counts == [202: 16])
            let before = load.ledger
            try await wait(for: "good pushes to be stored") { before.lies(about: destination.record) == [] }
            destination.behave { _ in .status(401, "who are you") }
            try await wait(for: "the destination to be held") { load.ledger.reason?.contains("401") == true }
            destination.behave(healthy)
            let stored = destination.storedCount
            // An attempt in ten seconds is enough to see that the destination is well again.
            try await wait(for: "good pushes to be stored again") {
                destination.storedCount > stored + 100
            }
            let ledger = try await load.run(.zero)
            destination.behave { $0.poison.isEmpty ? .stored : .status(400, "no") }
            try await scene.settled()
            #expect(ledger.lies(about: destination.record) == [])
            #expect(ledger.count(0, 422, 503) == 0)
            #expect(poisoned.lies(about: destination.record) == [])
            #expect(destination.record.disordered == [])
            #expect(try await scene.collector.terminate() == 0)
        }
    }
}
