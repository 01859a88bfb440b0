import Compression
import RemoteWrite
import Samples

@testable import Delivery

extension EncodedPush {
    /// A real message: for each name a series with one sample at this time, in ms.
    static func series(
        _ names: [String], at time: Int64 = 1_000, as profile: OutboundProfile = OutboundProfile(),
        under grouping: Grouping = Grouping(job: [])
    ) -> EncodedPush {
        var batch = SampleBatch()
        for name in names {
            let range = ByteRange(offset: batch.arena.count, count: name.utf8.count)
            batch.arena += Array(name.utf8)
            let count = batch.samples.count
            batch.samples.append(Sample(value: 1, timestamp: time))
            batch.series.append(Series(name: range, labels: 0..<0, samples: count..<count + 1))
        }
        var push = EncodedPush()
        var encoder = WriteRequestEncoder(profile)
        encoder.encode(batch, grouping: grouping, receiptTime: time, into: &push)
        return push
    }
}

extension OutboundRequest {
    /// The names of its series.
    var names: [String] {
        guard let bytes = try? Snappy.decompress(body.span, limit: 1 << 30),
            let series = try? WriteRequestReader.read(bytes, version: version)
        else { return ["unreadable"] }
        return series.map(\.name)
    }
}

extension Stage {
    /// Offers a push of these series; what becomes of it is recorded under the first one's name.
    func push(series names: [String], group: UInt64 = 1, at time: Int64 = 1_000) throws(Outbox.Refusal) {
        let acknowledgement = settlements.acknowledgement(for: names[0])
        let receipt = outbox.receiptTime(group: group, now: time)
        try outbox.offer(
            outbox.profiles.map { .series(names, at: time, as: $0) },
            as: Offer(group: group, job: "job-\(names[0])", receiptTime: receipt, acknowledgement: acknowledgement))
    }

    /// The names of what a wire sends at this time after the start; nil where it sends nothing.
    func sendSeries(_ wire: Int = 0, at time: Duration = .zero) -> [String]? {
        guard case .send(let request) = wires[wire].next(now: start + time) else { return nil }
        return request.names
    }
}
