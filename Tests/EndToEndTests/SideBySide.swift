import Foundation
import Testing

/// A Pushgateway and the built program with a receiver behind it, which get the same requests.
struct SideBySide {
    /// What became of a row on both sides.
    struct Outcome {
        var row: PushgatewayRow
        var theirs: Answer
        var ours: Answer
        /// The page of the Pushgateway after it.
        var page: Answer
        /// What our receiver has got.
        var received: Stored
    }

    private let pushgateway: Pushgateway
    private let receiver: Receiver
    private let collector: Collector

    init(on stage: Stage) async throws {
        pushgateway = try await Pushgateway(on: stage)
        receiver = try await Receiver(on: stage)
        // A slow machine makes no 202 of a 200.
        collector = try await Collector(on: stage, to: receiver.writeURL, push: "acknowledge_timeout: 1m")
    }

    /// Sends every row to both, one after the other, from nothing each time.
    func run(_ rows: [PushgatewayRow]) async throws -> [Outcome] {
        var exchanges: [(theirs: Answer, ours: Answer, page: Answer)] = []
        for row in rows {
            try pushgateway.wipe()
            try mark(exchanges.count)
            for push in row.before {
                for port in [pushgateway.port, collector.port] { #expect(try push.send(to: port).status == 200) }
            }
            let theirs = try row.request.send(to: pushgateway.port)
            let page = try pushgateway.page()
            exchanges.append((theirs, try row.request.send(to: collector.port), page))
        }
        try mark(rows.count)
        try await wait(for: "all that was pushed to be printed") {
            receiver.lines.contains { $0.hasPrefix(Self.mark(rows.count)) }
        }
        let received = try received(rows.count)
        #expect(try await collector.terminate() == 0)
        return zip(zip(rows, exchanges), received).map { pair, received in
            Outcome(
                row: pair.0, theirs: pair.1.theirs, ours: pair.1.ours, page: pair.1.page,
                received: Stored(received: received))
        }
    }

    /// Pushes what the receiver prints before all that the row of this number brings.
    private func mark(_ number: Int) throws {
        let push = RawRequest.post("/metrics/job/mark/row/\(number)", "row_begins 1\n")
        #expect(try push.send(to: collector.port).status == 200)
    }

    private static func mark(_ number: Int) -> String { "row_begins{job=\"mark\",row=\"\(number)\"}" }

    /// The lines of each row.
    private func received(_ count: Int) throws -> [[Substring]] {
        var rest = receiver.lines[...]
        return try (0..<count).map { number in
            let start = try #require(rest.firstIndex { $0.hasPrefix(Self.mark(number)) })
            let end = try #require(rest.firstIndex { $0.hasPrefix(Self.mark(number + 1)) })
            defer { rest = rest[end...] }
            return rest[start..<end].filter { !$0.contains("job=\"mark\"") }
        }
    }
}
