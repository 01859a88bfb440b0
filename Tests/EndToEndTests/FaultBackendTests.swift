import Foundation
import Testing

extension FaultsUnderLoad {
    @Suite("A database that ends and comes back in the middle of a load (A1, A2)")
    struct BackendTests {
        @Test func `what Prometheus confirmed and what it was still to get is there after its end`() async throws {
            let stage = try Stage()
            let port = try FaultSocket.freePort()
            var prometheus = try await Prometheus(on: stage, port: port)
            try await expectAllStored(writing: prometheus.writeURL) {
                prometheus.program.kill()
            } starting: {
                prometheus = try await Prometheus(on: stage, port: port)
            } reading: {
                let query = "/api/v1/query?query=\(FaultSample.metric)%5B1h%5D"
                let answer = try RawRequest.whole(query).send(to: port)
                return try JSONDecoder().decode(Matrix.self, from: Data(answer.body.utf8)).numbers
            }
        }

        @Test func `what VictoriaMetrics confirmed and what it was still to get is there after its end`() async throws {
            let stage = try Stage()
            let port = try FaultSocket.freePort()
            var database = try await VictoriaMetrics(on: stage, port: port)
            try await expectAllStored(writing: database.writeURL) {
                // It confirms what it has in memory only, and loses that when it is killed; so it may end by itself.
                database.program.signal(SIGTERM)
                _ = try await database.program.exitCode()
            } starting: {
                database = try await VictoriaMetrics(on: stage, port: port)
            } reading: {
                try database.values(of: FaultSample.metric).map { Int($0) }
            }
        }

        /// Pushes while a database ends and starts again, and expects that it holds all that was taken.
        private func expectAllStored(
            writing url: String, ending end: () async throws -> Void, starting start: () async throws -> Void,
            reading numbers: () async throws -> [Int]
        ) async throws {
            let stage = try Stage()
            let collector = try await Collector(
                on: stage,
                configuration: FaultScene.configuration(
                    url: url, push: "acknowledge_timeout: 1s", settings: ["queue_config: {max_backoff: 300ms}"]))
            let load = FaultLoad(.init(pushers: 16, rate: 200), to: collector.port, checking: nil)
            let watch = FaultWatch(
                port: collector.port, of: FaultScene.name, during: load, every: .milliseconds(100))
            try await wait(for: "pushes to be stored") { load.counts[200, default: 0] > 100 }
            try await end()
            try await wait(for: "pushes to be held") { load.counts[202, default: 0] > 100 }
            let before = load.counts[200, default: 0]
            try await start()
            try await wait(for: "pushes to be stored again") { load.counts[200, default: 0] > before + 100 }
            let ledger = try await load.run(.zero)
            #expect(ledger.flaws == [])
            #expect(ledger.count(0, 422, 503) == 0)
            #expect(try await watch.stop().flaws == [])
            #expect(try await collector.terminate() == 0, "\(collector.program.errors.suffix(2_000))")
            let taken = ledger.pushes(200) + ledger.pushes(202)
            // VictoriaMetrics shows what it has stored a moment later.
            try await wait(for: "all that was taken to be found") {
                Set(try await numbers()).isSuperset(of: taken)
            }
            #expect(Set(try await numbers()).count == taken.count)
        }
    }
}

/// What Prometheus answers to a query for all samples of a time.
private struct Matrix: Decodable {
    struct Payload: Decodable { var result: [Item] }
    struct Item: Decodable { var values: [Point] }
    /// A time and a number in quotes, `[1700000000, "1"]`.
    struct Point: Decodable {
        var number: Int
        init(from decoder: any Decoder) throws {
            var container = try decoder.unkeyedContainer()
            _ = try container.decode(Double.self)
            number = Int(try container.decode(String.self)) ?? -1
        }
    }
    var data: Payload

    var numbers: [Int] { data.result.flatMap(\.values).map(\.number) }
}

extension RawRequest {
    /// GET, answered in one piece however long that is.
    static func whole(_ path: String) -> RawRequest { RawRequest(method: "GET", path: path, version: "HTTP/1.0") }
}
