import Testing

extension FaultsUnderLoad {
    @Suite("One push's trouble is not another's (A5)")
    struct IsolationTests {
        @Test func `a push that is too large alone is split by size`() async throws {
            let destination = try FaultyDestination { request in
                request.size > 100 << 10 ? .status(413, "at most 100 KiB") : .stored(after: .milliseconds(20))
            }
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 4, pushes: 8, parts: 100, padding: 2_048))
            let watch = scene.watch(load)
            let ledger = try await load.ended()
            try await scene.finish(ledger, watch)
            #expect(ledger.counts == [200: 8])
            #expect(destination.record.disordered == [])
        }

        @Test func `a push that is answered 5xx again and again holds up only its own group`() async throws {
            let destination = try FaultyDestination { request in
                request.poison.isEmpty ? .stored(after: .milliseconds(5)) : .status(500, "it hurts")
            }
            let scene = try await FaultScene(
                destination, push: "acknowledge_timeout: 1s", settings: "queue_config: {max_backoff: 300ms}")
            let load = scene.load(.init(pushers: 16, rate: 200))
            let watch = scene.watch(load)
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 50 }
            let poison = try await scene.load(.init(pushers: 2, pushes: 2, poisonEvery: 1, first: 1_000_000)).ended()
            #expect(poison.counts == [202: 2])
            for _ in 0..<2 {
                let sofar = load.ledger
                try await wait(for: "all good pushes to be stored") { sofar.lies(about: destination.record) == [] }
            }
            let ledger = try await load.run(.seconds(1))
            try await wait(for: "all good pushes to be stored") { ledger.lies(about: destination.record) == [] }
            #expect(poison.pushes(202).filter(destination.holds) == [])
            #expect(ledger.count(0, 422, 503) == 0)
            destination.behave { _ in .stored }
            try await scene.settled()
            #expect(poison.pushes(202).filter { !destination.holds($0) } == [])
            #expect(destination.record.disordered == [])
            #expect(try await watch.stop().flaws == [])
            #expect(try await scene.collector.terminate() == 0, "\(scene.collector.program.errors.suffix(2_000))")
        }
    }
}
