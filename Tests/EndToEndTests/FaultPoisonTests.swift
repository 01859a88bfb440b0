import Testing

extension FaultsUnderLoad {
    @Suite("Pushes that a destination refuses (A5)")
    struct PoisonTests {
        @Test func `one poisoned push in ten is told so and the others are stored`() async throws {
            let destination = try FaultyDestination { request in
                var reply = FaultReply.stored
                if let culprit = request.poison.first {
                    reply = .status(400, "poisoned sample \(culprit), \"thrown out\"")
                }
                reply.delay = .milliseconds(5)
                return reply
            }
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 60s")
            let load = scene.load(.init(pushers: 64, pushes: 1_280, poisonEvery: 10))
            let watch = scene.watch(load)
            let ledger = try await load.ended()
            try await scene.finish(ledger, watch)
            #expect(ledger.counts == [200: 1_152, 422: 128])
            for (push, words) in ledger.refusals {
                #expect(push % 10 == 0)
                let expected = "destination backend: 400: poisoned sample \(push), \"thrown out\"\n"
                #expect(words == expected)
            }
            let record = destination.record
            #expect(record.disordered == [])
            for search in FaultSearch.all(in: record.requests) {
                #expect(search.requests <= search.bound, "\(search)")
            }
            #expect(FaultSearch.all(in: record.requests).contains { $0.pushes > 4 && $0.culprits > 0 })
        }

        @Test func `pushes that are too large only together are stored one by one`() async throws {
            let destination = try FaultyDestination { request in
                var reply = request.size > 100 << 10 ? FaultReply.status(413, "at most 100 KiB") : .stored
                reply.delay = .milliseconds(100)
                return reply
            }
            let scene = try await FaultScene(
                destination, push: "acknowledge_timeout: 60s", settings: "queue_config: {max_shards: 1}")
            let load = scene.load(.init(pushers: 16, pushes: 24, parts: 30, padding: 2_048))
            let watch = scene.watch(load)
            let ledger = try await load.ended()
            try await scene.finish(ledger, watch)
            #expect(ledger.counts == [200: 24])
            #expect(destination.record.requests.contains { $0.status == 413 })
            #expect(destination.record.disordered == [])
        }

        @Test func `a single series that is too large is refused`() async throws {
            let destination = try FaultyDestination { request in
                request.size > 100 << 10 ? .status(413, "at most 100 KiB") : .stored
            }
            let scene = try await FaultScene(destination, push: "acknowledge_timeout: 60s")
            let ledger = try await scene.load(.init(pushers: 4, pushes: 8, padding: 200 << 10)).ended()
            #expect(ledger.counts == [422: 8])
            #expect(ledger.refusals.values.allSatisfy { $0.contains("413: at most 100 KiB") }, "\(ledger.refusals)")
            try await scene.finish(ledger, nil)
        }
    }
}

/// The requests that were needed to find the culprits of one batch of pushes with one sample each.
struct FaultSearch: Sendable {
    var pushes: Int
    var culprits: Int
    var requests = 1

    /// The most that there may be: 2·⌈log2 n⌉ + 2 for each culprit, or one where there is none.
    var bound: Int {
        let halvings = Int.bitWidth - (pushes - 1).leadingZeroBitCount
        return max(1, culprits * (2 * halvings + 2))
    }

    /// Finds the batches: a request whose pushes were in one before is a piece of it.
    static func all(in requests: [FaultRequest]) -> [FaultSearch] {
        var searches: [FaultSearch] = []
        var batches: [Int: Int] = [:]
        for request in requests.sorted(by: { $0.number < $1.number }) {
            if let batch = request.samples.lazy.compactMap({ batches[$0.sequence] }).first {
                searches[batch].requests += 1
                continue
            }
            for sample in request.samples { batches[sample.sequence] = searches.count }
            searches.append(FaultSearch(pushes: request.samples.count, culprits: request.poison.count))
        }
        return searches
    }
}
