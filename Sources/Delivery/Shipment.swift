import Compression
import RemoteWrite

/// The batch that a wire has in hand, and the bytes of the piece of it that is being sent.
struct Shipment: Sendable {
    private var batch = Batch()
    /// The body of the request: a snappy block.
    private(set) var body: [UInt8] = []
    /// The batch before compression, from the first time on that only a piece of it is sent.
    private var raw: [UInt8] = []

    /// The pushes, or parts of one.
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
        unpack()
        let range = place(of: pushes.lowerBound).lowerBound..<entries[pushes.upperBound - 1].end
        let raw = raw
        Self.compress(raw.span.extracting(range), into: &body)
    }

    /// The bytes of a push.
    mutating func bytes(of push: Int) -> [UInt8] {
        unpack()
        return Array(raw[place(of: push)])
    }

    /// Makes several of a push, each with some of its series; they settle together.
    ///
    /// - Returns: how many there are now; 1 where it is a single series.
    mutating func divide(_ push: Int) -> Int {
        let (bytes, entry) = (bytes(of: push), entries[push])
        let halves = entry.halves(bytes.span)
        guard !halves.isEmpty else { return 1 }
        batch.replace(push, by: halves.map(\.entry))
        return halves.count
    }

    /// Takes samples before a time out of a push.
    ///
    /// - Returns: how many there were.
    mutating func age(_ push: Int, before time: Int64) -> Int {
        let (place, bytes) = (place(of: push), bytes(of: push))
        let rest = EncodedPush.removing(samplesBefore: time, from: bytes.span)
        raw.replaceSubrange(place, with: rest.bytes)
        batch.shorten(push, by: place.count - rest.bytes.count, samples: rest.removed, earliest: time)
        return rest.removed
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

    private func place(of push: Int) -> Range<Int> { (push == 0 ? 0 : entries[push - 1].end)..<entries[push].end }

    private static func compress(_ bytes: Span<UInt8>, into body: inout [UInt8]) {
        body.removeAll(keepingCapacity: true)
        Snappy.compress(bytes, into: &body)
    }

    private mutating func unpack() {
        guard raw.isEmpty else { return }
        do {
            raw = try Snappy.decompress(body.span, limit: entries.last?.end ?? 0)
        } catch {
            preconditionFailure("a block that was compressed here is whole")
        }
    }
}
