import Compression

/// The batch that a wire has in hand, and the bytes of the piece of it that is being sent.
struct Shipment: Sendable {
    private var batch = Batch()
    /// The body of the request: a snappy block.
    private(set) var body: [UInt8] = []
    /// The batch before compression, from its first refusal on.
    private var raw: [UInt8] = []

    /// The pushes.
    var entries: [Batch.Entry] { batch.entries }

    /// What it counts for in the budget.
    var held: Int { body.count + raw.count + batch.entries.count * Batch.Entry.cost }

    /// Takes a batch in hand, compressing it unless that is done.
    mutating func load(_ batch: consuming Batch) {
        if batch.isSealed {
            body = batch.takeBytes()
        } else {
            Self.compress(batch.bytes.span, into: &body)
            batch.removeBytes()
        }
        self.batch = batch
    }

    /// Makes the body that holds only these pushes.
    mutating func narrow(to pushes: Range<Int>) {
        if raw.isEmpty { raw = decompressed() }
        let start = pushes.lowerBound == 0 ? 0 : entries[pushes.lowerBound - 1].end
        let end = entries[pushes.upperBound - 1].end
        let raw = raw
        Self.compress(raw.span.extracting(start..<end), into: &body)
    }

    /// How many samples these pushes have.
    func samples(_ pushes: Range<Int>) -> Int { entries[pushes].reduce(0) { $0 + $1.samples } }

    /// The latest timestamp of these pushes, in ms.
    func latestTimestamp(_ pushes: Range<Int>) -> Int64 {
        entries[pushes].reduce(.min) { max($0, $1.latestTimestamp) }
    }

    /// Lets everything go.
    ///
    /// - Returns: an empty batch, whose memory may be used again.
    mutating func unload() -> Batch {
        raw = []
        body.removeAll(keepingCapacity: body.capacity <= 256 << 10)
        var batch = batch
        self.batch = Batch()
        batch.removeAll()
        return batch
    }

    private static func compress(_ bytes: Span<UInt8>, into body: inout [UInt8]) {
        body.removeAll(keepingCapacity: true)
        Snappy.compress(bytes, into: &body)
    }

    private func decompressed() -> [UInt8] {
        do {
            return try Snappy.decompress(body.span, limit: entries.last?.end ?? 0)
        } catch {
            preconditionFailure("a block that was compressed here is whole")
        }
    }
}
