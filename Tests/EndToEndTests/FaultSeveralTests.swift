import Testing

extension FaultsOverTime {
    @Suite("Several destinations (A1, A5), and samples that grow old")
    struct SeveralTests {
        /// A collector in front of two destinations, `backend` and `second`.
        private func collector(_ first: FaultyDestination, _ second: FaultyDestination) async throws -> Collector {
            try await Collector(
                on: try Stage(),
                configuration: FaultScene.configuration(
                    url: first.url, push: "acknowledge_timeout: 1s",
                    settings: ["remote_timeout: 1s", "queue_config: {max_backoff: 300ms}"],
                    rest: """
                          - name: second
                            url: \(second.url)
                            remote_timeout: 1s
                            queue_config: {max_backoff: 300ms}
                        """))
        }

        private func settled(_ collector: Collector) async throws {
            try await wait(for: "the queues to be empty") {
                var client = FaultClient(port: collector.port)
                let scrape = try #require(FaultScrape(&client))
                return scrape.pending == 0 && scrape.sum("remote_write_bytes_pending") == 0
            }
        }

        @Test func `one that is dead delays no other and gets what it missed`() async throws {
            let alive = try FaultyDestination()
            let dead = try FaultyDestination()
            let collector = try await collector(alive, dead)
            let load = FaultLoad(.init(pushers: 16, rate: 300), to: collector.port, checking: dead)
            let watch = FaultWatch(port: collector.port, of: FaultScene.name, during: load, every: .milliseconds(100))
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 100 }
            dead.close()
            try await wait(for: "pushes to be held") { load.counts[202, default: 0] > 300 }
            // What one holds the other has.
            let held = load.ledger
            try await wait(for: "what is held to be stored elsewhere") { held.lies(about: alive.record) == [] }
            #expect(held.pushes(202).contains { !dead.holds($0) })
            #expect(held.reason?.hasPrefix("second: ") == true, "\(held.reason ?? "")")
            try dead.open()
            let before = load.counts[200, default: 0]
            try await wait(for: "pushes to be stored again") { load.counts[200, default: 0] > before + 100 }
            let ledger = try await load.run(.zero)
            try await settled(collector)
            #expect(try await watch.stop().flaws == [])
            for destination in [alive, dead] {
                #expect(ledger.lies(about: destination.record) == [])
                #expect(destination.record.disordered == [])
            }
            #expect(try await collector.terminate() == 0)
        }

        @Test func `two that fail in all ways both get everything`() async throws {
            let destinations = try [21, 22].map { try FaultyDestination(FaultReply.flapping(0.3, seed: $0)) }
            let collector = try await collector(destinations[0], destinations[1])
            let loads = destinations.enumerated().map { index, destination in
                FaultLoad(
                    .init(pushers: 16, rate: 200, first: index * 1_000_000), to: collector.port, checking: destination)
            }
            try await wait(for: "pushes of both to be stored") {
                loads.allSatisfy { $0.counts[200, default: 0] > 100 }
            }
            var ledgers: [FaultLedger] = []
            for load in loads { ledgers.append(try await load.run(.zero)) }
            for destination in destinations { destination.behave { _ in .stored } }
            try await settled(collector)
            for destination in destinations {
                for ledger in ledgers { #expect(ledger.lies(about: destination.record) == []) }
                #expect(destination.record.disordered == [])
            }
            #expect(ledgers.allSatisfy { $0.count(200) > 0 && $0.count(0, 422, 503) == 0 })
            #expect(try await collector.terminate() == 0)
        }

        @Test func `what one refuses is told although the other has stored it`() async throws {
            let willing = try FaultyDestination()
            let choosy = try FaultyDestination { request in
                request.poison.isEmpty ? .stored(after: .milliseconds(5)) : .status(400, "no")
            }
            let collector = try await collector(willing, choosy)
            let load = FaultLoad(
                .init(pushers: 32, pushes: 640, poisonEvery: 10), to: collector.port, checking: choosy)
            let ledger = try await load.ended()
            try await settled(collector)
            #expect(ledger.count(200) + ledger.count(202) >= 576 && ledger.count(422) > 0)
            #expect(ledger.refusals.values.allSatisfy { $0 == "destination second: 400: no\n" })
            #expect(ledger.lies(about: choosy.record) == [])
            #expect((0..<640).filter { !willing.holds($0) } == [])
            #expect(try await collector.terminate() == 0)
        }

        @Test func `what is older than sample_age_limit is dropped and counted, and nothing else is`() async throws {
            let scene = try await FaultScene(
                FaultyDestination(), push: "acknowledge_timeout: 500ms",
                settings: "queue_config: {max_backoff: 300ms, sample_age_limit: 2s}")
            let load = scene.load(.init(pushers: 16, rate: 300))
            let watch = scene.watch(load)
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 100 }
            scene.destination.close()
            try await wait(for: "samples to be dropped") {
                try scene.scrape().sum("samples_dropped_total", "reason=\"age\"") > 100
            }
            try scene.destination.open()
            let before = load.counts[200, default: 0]
            try await wait(for: "pushes to be stored again") { load.counts[200, default: 0] > before + 100 }
            let ledger = try await load.run(.zero)
            try await scene.settled()
            #expect(try await watch.stop().flaws == [])
            let scrape = try scene.scrape()
            let stored = scene.destination.storedCount
            let delivered = scrape.sum("remote_write_samples_total")
            #expect(scrape.sum("samples_dropped_total", "reason=\"age\"") == ledger.count(200, 202) - delivered)
            // What was stored and not answered, when the destination went, grew old too.
            #expect(delivered <= stored)
            #expect(ledger.pushes(200).filter { !scene.destination.holds($0) } == [])
            #expect(ledger.flaws == [])
            #expect(scene.destination.record.flaws == [])
            #expect(scene.destination.record.disordered == [])
            #expect(try await scene.collector.terminate() == 0)
        }
    }
}
