import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("Pushes that need several requests (A5, 413)")
struct PartsTests {
    private let names = (0..<8).map { "s\($0)" }

    @Test func `a push larger than a request travels in parts, and is stored with the last`() throws {
        let stage = Stage { $0.queue.maxSamplesPerSend = 3 }
        try stage.push(series: ["before"])
        try stage.push(series: names)
        try stage.push(series: ["behind"])
        #expect(stage.sendSeries() == ["before"])
        stage.answer(204)
        for part in [["s0", "s1", "s2"], ["s3", "s4", "s5"], ["s6", "s7"]] {
            #expect(stage.settlements["s0"] == [])
            #expect(stage.sendSeries() == part)
            stage.answer(204)
        }
        #expect(stage.settlements["s0"] == [.delivered])
        #expect(stage.sendSeries() == ["behind"])
        stage.answer(204)
        #expect(stage.settlements.order == ["before", "s0", "behind"])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `of a refused part the rest is not sent, and what was stored is said`() throws {
        let stage = Stage { $0.queue.maxSamplesPerSend = 3 }
        try stage.push(series: names)
        try stage.push(series: ["behind"])
        _ = stage.sendSeries()
        stage.answer(204)
        #expect(stage.sendSeries() == ["s3", "s4", "s5"])
        stage.answer(400, "out of bounds")
        let message = "out of bounds; 3 of 8 samples were stored"
        #expect(stage.settlements["s0"] == [.refused(destination: "backend", status: 400, message: message)])
        #expect(stage.sendSeries() == ["behind"])
        stage.answer(204)
        #expect(stage.metrics.samplesFailed.values["refused"] == 5)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a request that is too large is split by pushes, then a push by its series`() throws {
        let stage = Stage()
        try stage.push(series: ["before"])
        #expect(stage.sendSeries() == ["before"])
        stage.answer(204)
        try stage.push(series: ["a"])
        try stage.push(series: names, group: 2)
        try stage.push(series: ["b"], group: 3)
        var (stored, requests): ([String], Int) = ([], 0)
        while let sent = stage.sendSeries() {
            requests += 1
            if sent.count > 3 {
                stage.answer(413, "too large")
            } else {
                stored += sent
                stage.answer(204)
            }
        }
        #expect(stored == ["a"] + names + ["b"])
        #expect(requests < 16)
        #expect(stage.settlements.order == ["before", "a", "s0", "b"])
        #expect(["a", "s0", "b"].allSatisfy { stage.settlements[$0] == [.delivered] })
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a single series that is too large is refused, and what was stored before it is said`() throws {
        let stage = Stage()
        try stage.push(series: ["a0", "a1", "large", "a3"])
        try stage.push(series: ["behind"])
        while let sent = stage.sendSeries() {
            stage.answer(sent.contains("large") || sent.count > 2 ? 413 : 204, "too large")
        }
        let message = "too large; 2 of 4 samples were stored"
        #expect(stage.settlements["a0"] == [.refused(destination: "backend", status: 413, message: message)])
        #expect(stage.settlements["behind"] == [.delivered])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `given up in the middle, the parts that were not sent are lost`() throws {
        let stage = Stage { $0.queue.maxSamplesPerSend = 3 }
        try stage.push(series: names)
        _ = stage.sendSeries()
        stage.answer(204)
        _ = stage.sendSeries()
        #expect(stage.wires[0].abandon(now: stage.start) == 5)
        #expect(stage.settlements["s0"] == [.lost])
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}
