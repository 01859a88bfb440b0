import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("Poison in 5xx clothing")
struct WireAsideTests {
    /// Answers all that is sent until nothing is or a time has come: 500 to what has poison in it, 204 to the rest.
    private func run(_ stage: Stage, from start: Duration = .zero, until end: Duration) -> (
        stored: [String], requests: Int
    ) {
        var (stored, requests, now): ([String], Int, Duration) = ([], 0, start)
        while now < end {
            switch stage.wires[0].next(now: stage.start + now) {
            case .send(let request):
                requests += 1
                let isPoisoned = request.names.contains { $0.hasPrefix("poison") }
                if !isPoisoned { stored += request.names }
                stage.answer(isPoisoned ? 500 : 204, "native histograms are disabled", at: now)
            case .wait(let until): now = until - stage.start
            case .idle, .finished: return (stored, requests)
            }
        }
        return (stored, requests)
    }

    @Test(arguments: [0, 3, 15]) func `is found, wherever it stands, and only its own group waits`(place: Int) throws {
        let stage = Stage()
        for index in 0..<16 {
            let isPoison = index == place
            try stage.push(series: [isPoison ? "poison" : "p\(index)"], group: UInt64(index))
        }
        try stage.push(series: ["same group"], group: UInt64(place))
        let (stored, requests) = run(stage, until: .seconds(60))
        let others = (0..<16).filter { $0 != place }.map { "p\($0)" }
        #expect(stored == others)
        #expect(others.allSatisfy { stage.settlements[$0] == [.delivered] })
        #expect(stage.settlements["poison"] == [] && stage.settlements["same group"] == [])
        // Five failures, two for each halving, and the poison by itself every five seconds.
        #expect(requests < 5 + 2 * 5 + 2 + 20)
        #expect(stage.log.lines.contains { $0.hasPrefix("warning push fails where others do not") })
        #expect(stage.isBalanced)

        // New pushes pass it, those of its group wait behind it.
        try stage.push(series: ["new"], group: 99)
        try stage.push(series: ["third"], group: UInt64(place))
        #expect(run(stage, from: .seconds(60), until: .seconds(70)).stored == ["new"])
        // It is taken at last: its group goes on in its order.
        var answered: [String] = []
        var now = Duration.seconds(80)
        while true {
            switch stage.wires[0].next(now: stage.start + now) {
            case .send(let request):
                answered += request.names
                stage.answer(204, at: now)
                continue
            case .wait(let until):
                now = until - stage.start
                continue
            case .idle, .finished: break
            }
            break
        }
        #expect(answered == ["poison", "same group", "third"])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `an outage is laid to the destination: nothing is put aside, and all is delivered in its order`() throws
    {
        let stage = Stage { $0.queue.maxShards = 2 }
        for index in 0..<8 { try stage.push(series: ["p\(index)"], group: UInt64(index)) }
        var now = Duration.zero
        while now < .seconds(60) {
            for wire in 0..<2 where stage.sendSeries(wire, at: now) != nil { stage.answer(503, wire: wire, at: now) }
            now += .milliseconds(100)
        }
        #expect(stage.wires.allSatisfy { $0.asides.isEmpty })
        now += .seconds(10)
        var stored: [String] = []
        for wire in 0..<2 {
            while let names = stage.sendSeries(wire, at: now) {
                stored += names
                stage.answer(204, wire: wire, at: now)
            }
        }
        #expect(stored.sorted() == (0..<8).map { "p\($0)" })
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `while only poison is tried the destination is not failing`() throws {
        let stage = Stage()
        try stage.push(series: ["good"], group: 1)
        try stage.push(series: ["poison"], group: 2)
        _ = run(stage, until: .seconds(60))
        #expect(stage.outbox.failing(at: stage.start + .seconds(60)) == nil)
    }

    @Test func `what is aside is lost when it is given up`() throws {
        let stage = Stage()
        try stage.push(series: ["good"], group: 1)
        try stage.push(series: ["poison"], group: 2)
        try stage.push(series: ["behind"], group: 2)
        _ = run(stage, until: .seconds(60))
        #expect(stage.wires[0].abandon(now: stage.start) == 2)
        #expect(stage.settlements["poison"] == [.lost] && stage.settlements["behind"] == [.lost])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `refused at last, it is the pusher's to know`() throws {
        let stage = Stage()
        try stage.push(series: ["good"], group: 1)
        try stage.push(series: ["poison"], group: 2)
        _ = run(stage, until: .seconds(60))
        #expect(stage.sendSeries(at: .seconds(90)) == ["poison"])
        stage.answer(400, "no", at: .seconds(90))
        #expect(stage.settlements["poison"] == [.refused(destination: "backend", status: 400, message: "no")])
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}
