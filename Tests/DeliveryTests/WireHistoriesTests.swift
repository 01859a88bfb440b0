import RemoteWrite
import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("Wire, through random histories")
struct WireHistoriesTests {
    /// Pushes, answers, passing time and drain in any order; some pushes are poison that a destination refuses or fails at,
    /// some requests are too large.
    @Test(arguments: 0..<400 as Range<UInt64>)
    func `everything is settled once and truly, in its order, and accounted for at every step`(seed: UInt64) {
        var random = Seeded(state: seed)
        var history = History(
            destinations: Int.random(in: 1...2, using: &random),
            most: [2, 5, .max].randomElement(using: &random) ?? .max)
        run(&history, &random, seed)
    }

    /// The same with destinations of version 2: some know it, some say so, some do not and store nothing of it.
    @Test(arguments: 0..<400 as Range<UInt64>)
    func `so it is in version 2, also where it falls back to version 1`(seed: UInt64) {
        var random = Seeded(state: seed)
        let kinds = (0..<2).map { _ in Kind.allCases.randomElement(using: &random) ?? .knows }
        var history = History(destinations: 2, most: [2, 5, .max].randomElement(using: &random) ?? .max, kinds)
        run(&history, &random, seed)
    }

    private func run(_ history: inout History, _ random: inout Seeded, _ seed: UInt64) {
        for _ in 0..<Int.random(in: 10...200, using: &random) { history.step(&random) }
        history.end(drains: Bool.random(using: &random))
        history.check(seed: seed)
    }
}

/// SplitMix64: the same numbers from the same seed, everywhere.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

/// What a destination makes of version 2; all of them know version 1.
private enum Kind: CaseIterable {
    /// It knows it, and of a request that it refuses it has stored nothing.
    case knows
    /// It answers 415; 400 without a Written header; 204 without one, and stores nothing.
    case refuses, isVague, isSilent
}

/// One history, and what a reference model of it expects: a push is stored where no request with it was refused.
///
/// A push is known by the name of its first series, `group:number.0`; one with X is refused, one with Y is answered 500
/// until the destination has healed.
private struct History {
    let stage: Stage
    /// The most series that a request may have.
    let most: Int
    var now = Duration.zero
    var pushes: [[String]] = []
    /// What the destinations make of version 2; empty: they are sent version 1.
    let kinds: [Kind]
    /// Of each wire: what is in flight, and what its destination has stored, in its order.
    var inFlight: [(names: [String], version: RemoteWriteVersion)?]
    var stored: [[String]]
    var wasBalanced = true
    var isHealed = false

    init(destinations: Int, most: Int, _ kinds: [Kind] = []) {
        stage = Stage(destinations: destinations) { settings in
            settings.queue.maxShards = 2
            settings.queue.maxSamplesPerSend = 7
            settings.queue.maxQueueSize = .bytes(20_000)
            if !kinds.isEmpty { settings.protobufMessage = .version2 }
        }
        self.kinds = kinds
        self.most = most
        inFlight = stage.wires.map { _ in nil }
        stored = stage.wires.map { _ in [] }
    }

    mutating func step(_ random: inout Seeded) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<4: push(&random)
        case 4..<9: turn(Int.random(in: 0..<stage.wires.count, using: &random), &random)
        default: now += .milliseconds(Int.random(in: 0...6_000, using: &random))
        }
        wasBalanced = wasBalanced && stage.isBalanced
    }

    private mutating func push(_ random: inout Seeded) {
        let group = UInt64.random(in: 0..<4, using: &random)
        let poison = ["X", "Y", "", "", "", "", "", ""].randomElement(using: &random) ?? ""
        let count = Int.random(in: 1...12, using: &random)
        let bad = Int.random(in: 0..<count, using: &random)
        let names = (0..<count).map { "\(group):\(pushes.count).\($0)\($0 == bad ? poison : "")" }
        if (try? stage.push(series: names, group: group)) != nil { pushes.append(names) }
    }

    /// Sends what the wire wants sent, or answers what it has sent.
    private mutating func turn(_ wire: Int, _ random: inout Seeded) {
        guard let request = inFlight[wire] else {
            guard case .send(let request) = stage.wires[wire].next(now: stage.start + now) else { return }
            inFlight[wire] = (request.names, request.version)
            return
        }
        inFlight[wire] = nil
        switch Int.random(in: 0..<10, using: &random) {
        case 0: stage.wires[wire].completed(.unreachable("reset"), now: stage.start + now)
        case 1: stage.answer([500, 503, 429, 408].randomElement(using: &random) ?? 500, wire: wire, at: now)
        case 2: stage.answer([401, 404, 302].randomElement(using: &random) ?? 401, wire: wire, at: now)
        default: judge(request.names, request.version, wire)
        }
    }

    private mutating func judge(_ names: [String], _ version: RemoteWriteVersion, _ wire: Int) {
        guard version == .v2 else { return judge(names, wire) }
        switch kinds[wire / 2] {
        case .knows: judge(names, wire, written: Written(samples: names.count))
        case .refuses: stage.answer(415, wire: wire, at: now)
        case .isVague: stage.answer(400, wire: wire, at: now)
        case .isSilent: stage.answer(204, wire: wire, at: now)
        }
    }

    private mutating func judge(_ names: [String], _ wire: Int, written: Written? = nil) {
        let none = written.map { _ in Written() }
        if names.count > most { return stage.answer(413, "too large", wire: wire, at: now, written: none) }
        if names.contains(where: { $0.hasSuffix("X") }) {
            return stage.answer(400, "poison", wire: wire, at: now, written: none)
        }
        if !isHealed, names.contains(where: { $0.hasSuffix("Y") }) {
            return stage.answer(500, wire: wire, at: now, written: none)
        }
        stored[wire] += names
        stage.answer(204, wire: wire, at: now, written: written)
    }

    /// Closes the outbox; then every wire drains, or gives up.
    mutating func end(drains: Bool) {
        isHealed = true
        stage.outbox.close()
        for wire in stage.wires.indices {
            if drains { drain(wire) } else { _ = stage.wires[wire].abandon(now: stage.start + now) }
        }
    }

    private mutating func drain(_ wire: Int) {
        while true {
            if let request = inFlight[wire] {
                inFlight[wire] = nil
                judge(request.names, request.version, wire)
            }
            switch stage.wires[wire].next(now: stage.start + now) {
            case .send(let request): inFlight[wire] = (request.names, request.version)
            case .wait(let until): now = until - stage.start
            case .idle, .finished: return
            }
        }
    }

    func check(seed: UInt64) {
        let count = stage.outbox.destinations.count
        let perDestination = (0..<count).map { stored[$0 * 2] + stored[$0 * 2 + 1] }
        #expect(wasBalanced && stage.isBalanced && stage.holdsNothing, "seed \(seed)")
        #expect(stage.settlements.order.sorted() == pushes.map { $0[0] }.sorted(), "seed \(seed)")
        for names in pushes {
            let isStored = perDestination.allSatisfy { Set($0).isSuperset(of: names) }
            switch stage.settlements[names[0]].first {
            case .delivered: #expect(isStored, "seed \(seed)")
            case .refused: #expect(names.contains { $0.hasSuffix("X") } && !isStored, "seed \(seed)")
            default: #expect(!isStored, "seed \(seed)")
            }
        }
        for stored in perDestination {
            #expect(Set(stored).count == stored.count, "seed \(seed)")
            for group in 0..<4 {
                let own = { (names: [String]) in names.filter { $0.hasPrefix("\(group):") } }
                let all = Set(stored)
                #expect(own(stored) == own(pushes.flatMap { $0 }).filter(all.contains), "seed \(seed)")
            }
        }
    }
}
