import Foundation
import Testing

extension FaultsUnderLoad {
    @Suite("The end of the process under load (drain)")
    struct ShutdownTests {
        @Test(arguments: [0, 200])
        func `SIGTERM delivers all that was taken and ends with 0`(milliseconds: Int) async throws {
            let scene = try await FaultScene(
                FaultyDestination { _ in .stored(after: .milliseconds(milliseconds)) },
                push: "acknowledge_timeout: 100ms")
            let load = scene.load(.init(pushers: 32, rate: 1_000))
            try await wait(for: "pushes to be answered") { load.answered > 500 }
            let code = try await scene.collector.terminate()
            #expect(code == 0, "\(scene.collector.program.errors.suffix(2_000))")
            let ledger = try await load.run(.zero)
            #expect(ledger.lies(about: scene.destination.record) == [])
            #expect(ledger.count(200, 202) > 400)
            #expect(ledger.count(422) == 0)
            #expect(scene.destination.record.disordered == [])
        }

        @Test func `pushes in hand at SIGTERM are told what becomes of them`() async throws {
            let destination = try FaultyDestination { request in
                var reply = FaultReply.stored(after: .milliseconds(300))
                if let culprit = request.poison.first { reply = .status(400, "poisoned sample \(culprit)") }
                return reply
            }
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 32, pushes: 32, poisonEvery: 8))
            try await wait(for: "the pushes to be in hand") {
                try scene.scrape().sum("remote_write_samples_in_total") == 32
            }
            #expect(try await scene.collector.terminate() == 0, "\(scene.collector.program.errors.suffix(2_000))")
            let ledger = try await load.ended()
            #expect(ledger.counts == [200: 28, 422: 4])
            #expect(ledger.lies(about: destination.record) == [])
        }

        @Test(arguments: [FaultReply.Answer.stall, .close])
        func `SIGTERM with a dead destination ends with 3 and says what is lost`(
            answer: FaultReply.Answer
        ) async throws {
            let scene = try await FaultScene(
                FaultyDestination { _ in .failed(answer) }, push: "acknowledge_timeout: 500ms",
                rest: "shutdown: {timeout: 1s}")
            let load = scene.load(.init(pushers: 32, rate: 500))
            try await wait(for: "pushes to be answered") { load.answered > 500 }
            let code = try await scene.collector.terminate()
            let ledger = try await load.run(.zero)
            #expect(code == 3, "\(scene.collector.program.errors.suffix(2_000))")
            #expect(ledger.count(200, 422) == 0)
            #expect(ledger.count(202) > 0)
            #expect(ledger.flaws == [])
            try await wait(for: "the last line") { scene.collector.program.errors.contains("undelivered") }
            let last = try #require(scene.collector.program.errors.split(separator: "\n").last)
            let lost = try #require(last.firstMatch(of: /samples=(\d+)/).flatMap { Int($0.1) }, "\(last)")
            // All that was told 202 is lost, and some of those that were told 503, or nothing, with it.
            #expect(lost >= ledger.count(202) && lost <= ledger.count(0, 202, 503), "\(last) \(ledger.counts)")
        }

        @Test(arguments: [0, 20])
        func `SIGKILL loses nothing that was answered 200`(milliseconds: Int) async throws {
            let scene = try await FaultScene(
                FaultyDestination { _ in .stored(after: .milliseconds(milliseconds)) },
                push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 32))
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 500 }
            scene.collector.program.kill()
            let ledger = try await load.run(.zero)
            let record = scene.destination.record
            #expect(ledger.lies(about: record) == [])
            #expect(ledger.count(202, 422, 503) == 0)
            #expect(record.disordered == [])
        }
    }
}
