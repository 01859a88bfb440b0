import RemoteWrite
import Settings
import Synchronization
import Testing

@testable import Delivery

@Suite("Outbox, from several threads")
struct OutboxConcurrencyTests {
    /// Four pushers for each of a few groups, and a destination that answers at once; every push is `group:time;`.
    @Test(arguments: [0, 7]) func `no push is lost, doubled or overtaken by another of its group`(failEvery: Int)
        async throws
    {
        let stage = Stage { settings in
            settings.queue.maxShards = 3
            settings.queue.maxSamplesPerSend = 50
            settings.queue.maxQueueSize = .bytes(100_000)
        }
        let (outbox, settlements) = (stage.outbox, stage.settlements)
        let wires = stage.wires
        let arrived = Task { await Self.deliver(wires, failEvery: failEvery) }
        let perPusher = 500
        let accepted = await withTaskGroup(of: [String].self) { group in
            for pusher in 0..<12 {
                group.addTask {
                    var accepted: [String] = []
                    for _ in 0..<perPusher {
                        accepted.append(await Self.push(UInt64(pusher % 3), to: outbox, settlements))
                    }
                    return accepted
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        outbox.close()
        let texts = await arrived.value

        #expect(accepted.count == 12 * perPusher)
        #expect(texts.sorted() == accepted.sorted())
        for group in 0..<3 {
            let times = texts.filter { $0.hasPrefix("\(group):") }.compactMap { Int($0.dropFirst(2)) }
            #expect(times == times.sorted() && Set(times).count == times.count)
        }
        #expect(settlements.order.sorted() == accepted.sorted())
        #expect(stage.holdsNothing && stage.isBalanced)
        #expect(outbox.pendingSamples == 0)
    }

    @Test func `every offer that close does not refuse is delivered`() async throws {
        for _ in 0..<20 {
            let stage = Stage { $0.queue.maxShards = 2 }
            let (outbox, settlements) = (stage.outbox, stage.settlements)
            let wires = stage.wires
            let arrived = Task { await Self.deliver(wires, failEvery: 0) }
            let accepted = await withTaskGroup(of: Int.self) { group in
                for pusher in 0..<4 {
                    group.addTask {
                        var accepted = 0
                        for _ in 0..<200 where await Self.push(UInt64(pusher), to: outbox, settlements) != "closed" {
                            accepted += 1
                        }
                        return accepted
                    }
                }
                group.addTask {
                    outbox.close()
                    return 0
                }
                return await group.reduce(0, +)
            }
            let texts = await arrived.value
            #expect(texts.count == accepted)
            #expect(settlements.order.count == accepted)
            #expect(stage.holdsNothing && stage.isBalanced)
        }
    }

    /// Offers until it is taken, as the pipeline does: stamps and encodes anew when another push got in first.
    private static func push(_ group: UInt64, to outbox: Outbox, _ settlements: Settlements) async -> String {
        while true {
            let time = outbox.receiptTime(group: group, now: 0)
            let text = "\(group):\(time)"
            let acknowledgement = settlements.acknowledgement(for: text)
            do {
                try outbox.offer(
                    [.of(text + ";")],
                    as: Offer(group: group, job: "j", receiptTime: time, acknowledgement: acknowledgement))
                return text
            } catch .closed {
                return "closed"
            } catch {
                await Task.yield()
            }
        }
    }

    /// The transport's place: asks all wires round and round until they are finished.
    private static func deliver(_ wires: [Wire], failEvery: Int) async -> [String] {
        var (wires, texts, requests) = (wires, [String](), 0)
        while true {
            var finished = 0
            for index in wires.indices {
                switch wires[index].next(now: .now) {
                case .send(let request):
                    requests += 1
                    let fails = failEvery > 0 && requests % failEvery == 0
                    if !fails { texts += request.text.split(separator: ";").map(String.init) }
                    let status = fails ? 503 : 204
                    wires[index].completed(.status(status, message: "", retryAfter: .microseconds(1)), now: .now)
                case .finished: finished += 1
                case .idle, .wait: break
                }
            }
            if finished == wires.count { return texts }
            await Task.yield()
        }
    }
}
