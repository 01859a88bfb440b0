import Testing

extension FaultsWithPatience {
    @Suite("Connections that are not what they seem")
    struct ConnectionTests {
        @Test(arguments: [FaultReply.Afterwards.closed, .reset, .resetByNext])
        func `a connection that has died unnoticed costs no attempt`(end: FaultReply.Afterwards) async throws {
            let scene = try await FaultScene(
                FaultyDestination { _ in .stored(then: end) }, push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 1, rate: 20, pushes: 20))
            let ledger = try await load.ended()
            #expect(ledger.counts == [200: 20])
            let scrape = try scene.scrape()
            #expect(scrape.sum("remote_write_samples_retried_total") == 0)
            #expect(scrape.sum("remote_write_requests_total", "code=\"0\"") == 0)
            #expect(scrape.sum("remote_write_requests_total", "code=\"204\"") == 20)
            #expect(scene.destination.record.requests.map(\.attempt) == Array(repeating: 0, count: 20))
            try await scene.finish(ledger, nil)
        }

        @Test func `a destination that was restarted on its port costs no attempt`() async throws {
            let scene = try await FaultScene(FaultyDestination(), push: "acknowledge_timeout: 60s")
            for round in 0..<5 {
                let ledger = try await scene.load(.init(pushers: 4, pushes: 8, first: 100 * round)).ended()
                #expect(ledger.counts == [200: 8])
                #expect(ledger.lies(about: scene.destination.record) == [])
                scene.destination.close()
                try scene.destination.open()
            }
            let scrape = try scene.scrape()
            #expect(scrape.sum("remote_write_samples_retried_total") == 0)
            #expect(scrape.sum("remote_write_samples_total") == 40)
            #expect(try await scene.collector.terminate() == 0)
        }

        @Test func `an answer whose body does not come is an answer`() async throws {
            let scene = try await FaultScene(
                FaultyDestination { _ in .failed(.endless, stores: true) }, push: "acknowledge_timeout: 60s",
                settings: "remote_timeout: 5s")
            let ledger = try await scene.load(.init(pushers: 4, pushes: 8)).ended()
            #expect(ledger.counts == [200: 8])
            #expect(try scene.scrape().sum("remote_write_samples_retried_total") == 0)
            try await scene.finish(ledger, nil)
        }

        @Test func `a destination that reads slowly is waited for`() async throws {
            let destination = try FaultyDestination()
            destination.read(32, every: .milliseconds(5))
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 16, pushes: 64))
            let ledger = try await load.ended()
            #expect(ledger.counts == [200: 64])
            try await scene.finish(ledger, nil)
        }

        @Test(arguments: [
            ("http://no-such-host.invalid/api/v1/write", "no-such-host.invalid"),
            ("https://127.0.0.1:PORT/api/v1/write", "no TLS with 127.0.0.1"),
        ])
        func `a destination that cannot be spoken to is named with its reason`(url: String, reason: String) async throws
        {
            let destination = try FaultyDestination()
            let stage = try Stage()
            let collector = try await Collector(
                on: stage,
                configuration: FaultScene.configuration(
                    url: url.replacing("PORT", with: "\(destination.port)"), push: "acknowledge_timeout: 2s",
                    rest: "shutdown: {timeout: 100ms}"))
            let held = try await collector.push("/metrics/job/first", "a 1\n", heldBecause: reason)
            #expect(held.header("Push-Collector-Reason")?.hasPrefix("backend: ") == true)
            let load = FaultLoad(.init(pushers: 4, pushes: 20), to: collector.port, checking: destination)
            let ledger = try await load.ended()
            #expect(ledger.counts == [202: 20])
            #expect(ledger.reason?.contains(reason) == true, "\(ledger.reason ?? "")")
            #expect(destination.storedCount == 0)
            #expect(try await collector.terminate() == 3)
        }
    }
}
