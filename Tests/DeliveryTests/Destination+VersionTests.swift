import Compression
import RemoteWrite
import Samples
import Settings
import Telemetry
import Testing

@testable import Delivery

@Suite("Version 2 to a destination, and back to version 1")
struct DestinationVersionTests {
    private let stage = Stage { settings in
        settings.protobufMessage = .version2
        settings.queue.maxSamplesPerSend = 10
    }

    private func send(at time: Duration = .zero) -> OutboundRequest? {
        guard case .send(let request) = stage.wires[0].next(now: stage.start + time) else { return nil }
        return request
    }

    @Test func `pushes that are joined share their symbols, and what is confirmed is delivered`() throws {
        for names in [["a"], ["b", "c"], ["a2"]] { try stage.push(series: names) }
        let request = try #require(send())
        #expect(request.version == .v2 && request.names == ["a", "b", "c", "a2"])
        #expect(request.contentType == "application/x-protobuf;proto=io.prometheus.write.v2.Request")
        #expect(request.protocolVersion == "2.0.0")
        stage.answer(200, written: Written(samples: 4))
        for name in ["a", "b", "a2"] { #expect(stage.settlements[name] == [.delivered]) }
        #expect(stage.metrics.protocolVersion.value == 2 && stage.metrics.samplesDelivered.value == 4)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test(arguments: [415, 204, 200, 400])
    func `the same comes again as version 1 at once, and so does all that waits or comes`(status: Int) throws {
        for names in [["a"], ["b", "c"]] { try stage.push(series: names) }
        _ = send()
        try stage.push(series: (0..<25).map { "large\($0)" })
        try stage.push(series: ["late"])
        stage.answer(status)
        #expect(stage.settlements.order == [])
        let again = try #require(send())
        #expect(again.version == .v1 && again.names == ["a", "b", "c"] && again.attempt == 1)
        #expect(again.contentType == "application/x-protobuf" && again.protocolVersion == "0.1.0")
        var names: [String] = []
        stage.answer(204)
        while let request = send() {
            #expect(request.version == .v1)
            names += request.names
            stage.answer(204)
        }
        #expect(names == (0..<25).map { "large\($0)" } + ["late"])
        #expect(stage.settlements.order == ["a", "b", "large0", "late"])
        #expect(stage.metrics.protocolVersion.value == 1)
        #expect(stage.metrics.samplesRetried.value == 0 && stage.metrics.samplesFailed.values["refused"] == 0)
        #expect(stage.log.lines.filter { $0.contains("does not know remote write 2.0") }.count == 1)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a push whose series share large symbols is several requests of version 1`() throws {
        let label = Grouping.Label(name: [0x6c], value: Array(repeating: 0x78, count: 400_000))
        let names = (0..<10).map { "m\($0)" }
        let push = EncodedPush.series(names, as: stage.outbox.profiles[0], under: Grouping(job: [], labels: [label]))
        let offer = Offer(
            group: 1, job: "j", receiptTime: 1, acknowledgement: stage.settlements.acknowledgement(for: "p"))
        try stage.outbox.offer([push], as: offer)
        #expect(send()?.names == names)
        stage.answer(415)
        var requests: [[String]] = []
        while let request = send() {
            #expect(request.version == .v1 && stage.settlements.order == [])
            requests.append(request.names)
            stage.answer(204)
        }
        #expect(requests == [Array(names[..<5]), Array(names[5...])])
        #expect(stage.settlements["p"] == [.delivered])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `what it stores of a push alone decides over the push (A5)`() throws {
        try stage.push(series: ["a", "b", "c"])
        _ = send()
        stage.answer(200, written: Written(samples: 2))
        #expect(
            stage.settlements["a"] == [
                .refused(destination: "backend", status: 200, message: "destination confirmed 2 of 3")
            ])
        #expect(stage.metrics.samplesDelivered.value == 2)
        #expect(stage.metrics.samplesFailed.values["unconfirmed"] == 1 && stage.metrics.partialWrites.value == 1)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `of a part of a push it decides over the push, and the rest is not sent`() throws {
        try stage.push(series: (0..<25).map { "m\($0)" })
        _ = send()
        stage.answer(200, written: Written(samples: 10))
        _ = send()
        stage.answer(200, written: Written(samples: 7))
        #expect(send() == nil)
        let message = "destination confirmed 7 of 10; 17 of 25 samples were stored"
        #expect(stage.settlements["m0"] == [.refused(destination: "backend", status: 200, message: message)])
        #expect(stage.metrics.samplesFailed.values["refused"] == 5)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `of several it decides over none, and what is missing is counted and logged`() throws {
        for names in [["a"], ["b", "c"]] { try stage.push(series: names) }
        _ = send()
        stage.answer(200, written: Written(samples: 2))
        for name in ["a", "b"] { #expect(stage.settlements[name] == [.delivered]) }
        #expect(stage.metrics.samplesDelivered.value == 2 && stage.metrics.samplesFailed.values["unconfirmed"] == 1)
        #expect(stage.log.lines.contains { $0.contains("did not confirm all") && $0.contains("missing=1") })
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `that stores nothing of several, once it has stored something, refuses them all`() throws {
        try stage.push(series: ["first"])
        _ = send()
        stage.answer(204, written: Written(samples: 1))
        for names in [["a"], ["b", "c"]] { try stage.push(series: names) }
        _ = send()
        stage.answer(204, written: Written())
        for (name, count) in [("a", 1), ("b", 2)] {
            let message = "destination confirmed 0 of \(count)"
            #expect(stage.settlements[name] == [.refused(destination: "backend", status: 204, message: message)])
        }
        #expect(stage.metrics.samplesFailed.values["unconfirmed"] == 3)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a refused request of which a part was stored is taken apart, and the culprit says how much`() throws {
        for names in [["a"], ["b", "X", "c"], ["d"]] { try stage.push(series: names) }
        _ = send()
        stage.answer(400, "bad X", written: Written(samples: 4))
        while let request = send() {
            let isBad = request.names.contains("X")
            stage.answer(
                isBad ? 400 : 204, isBad ? "bad X" : "",
                written: Written(samples: request.names.count - (isBad ? 1 : 0)))
        }
        #expect(stage.settlements["a"] == [.delivered] && stage.settlements["d"] == [.delivered])
        let message = "bad X; 2 of 3 samples were stored"
        #expect(stage.settlements["b"] == [.refused(destination: "backend", status: 400, message: message)])
        #expect(stage.metrics.samplesDelivered.value == 4 && stage.metrics.samplesFailed.values["refused"] == 1)
        #expect(stage.metrics.protocolVersion.value == 2 && stage.metrics.partialWrites.value >= 2)
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `a 400 without headers refuses the data once version 2 has been confirmed`() throws {
        try stage.push(series: ["a"])
        _ = send()
        stage.answer(204, written: Written(samples: 1))
        try stage.push(series: ["b"])
        _ = send()
        stage.answer(400, "no")
        #expect(stage.settlements["b"] == [.refused(destination: "backend", status: 400, message: "no")])
        #expect(stage.metrics.protocolVersion.value == 2)
    }

    @Test func `413 divides a push into messages with symbols of their own`() throws {
        try stage.push(series: ["a", "b", "c", "d"])
        var names: [[String]] = []
        while let request = send() {
            if request.names.count > 1 {
                stage.answer(413, written: Written())
            } else {
                names.append(request.names)
                stage.answer(204, written: Written(samples: 1))
            }
        }
        #expect(names == [["a"], ["b"], ["c"], ["d"]])
        #expect(stage.settlements["a"] == [.delivered])
        #expect(stage.isBalanced && stage.holdsNothing)
    }

    @Test func `after the fallback pushes that are too large together go in several requests`() throws {
        let stage = Stage { $0.protobufMessage = .version2 }
        let job = String(repeating: "j", count: 400_000)
        for number in 0..<5 {
            var push = EncodedPush()
            var encoder = WriteRequestEncoder(OutboundProfile(version: .v2))
            encoder.encode(.series(5), grouping: Grouping(job: Array(job.utf8)), receiptTime: 1, into: &push)
            let time = stage.outbox.receiptTime(group: 1, now: 1)
            let offer = Offer(
                group: 1, job: "j", receiptTime: time,
                acknowledgement: stage.settlements.acknowledgement(for: "\(number)"))
            try stage.outbox.offer([push], as: offer)
        }
        guard case .send = stage.wires[0].next(now: stage.start) else { return #expect(Bool(false)) }
        stage.answer(204)
        var sizes: [Int] = []
        while case .send(let request) = stage.wires[0].next(now: stage.start) {
            sizes.append(try Snappy.decompress(request.body.span, limit: 1 << 30).count)
            stage.answer(204)
        }
        #expect(sizes.count == 5 && sizes.allSatisfy { $0 < 3 << 20 })
        #expect(stage.settlements.order == (0..<5).map { "\($0)" })
        #expect(stage.isBalanced && stage.holdsNothing)
    }
}

extension SampleBatch {
    /// So many series of one sample.
    fileprivate static func series(_ count: Int) -> SampleBatch {
        var batch = SampleBatch()
        for number in 0..<count {
            let name = "m\(number)"
            let range = ByteRange(offset: batch.arena.count, count: name.utf8.count)
            batch.arena += Array(name.utf8)
            batch.samples.append(Sample(value: 1, timestamp: 1))
            batch.series.append(Series(name: range, labels: 0..<0, samples: number..<number + 1))
        }
        return batch
    }
}
