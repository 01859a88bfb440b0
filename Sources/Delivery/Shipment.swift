import Compression
import RemoteWrite

/// The batch that a wire has in hand, and the bytes of the piece of it that is being sent.
struct Shipment: Sendable {
    private var batch = Batch()
    /// The body of the request: a snappy block.
    private(set) var body: [UInt8] = []
    /// The version of the message in the body.
    private(set) var bodyVersion = RemoteWriteVersion.v1
    /// The batch before compression, from the first time on that only a piece of it is sent.
    private var raw: [UInt8] = []

    /// The version of what was queued.
    var version: RemoteWriteVersion { batch.version }

    /// The pushes, or parts of one.
    var entries: [Batch.Entry] { batch.entries }

    /// What it counts for in the budget.
    var held: Int { body.count + raw.count + batch.entries.count * Batch.Entry.cost }

    /// Takes a batch in hand, compressing it unless that is done.
    mutating func load(_ batch: consuming Batch) {
        if batch.isSealed {
            body = batch.takeBytes()
        } else {
            batch.join()
            Self.compress(batch.bytes.span, into: &body)
            batch.removeBytes()
        }
        bodyVersion = batch.version
        self.batch = batch
    }

    /// Whether the body has to be made anew for a destination that is spoken to in this version.
    func isForeign(to version: RemoteWriteVersion) -> Bool { batch.version == .v2 && bodyVersion != version }

    /// Makes the body that holds only these pushes.
    ///
    /// - Parameters:
    ///   - version: what the destination is spoken to in.
    ///   - tells: whether the metadata of a family of this name goes along, where version 2 becomes version 1.
    mutating func narrow(
        to pushes: Range<Int>, as version: RemoteWriteVersion = .v2, tells: ([UInt8]) -> Bool = { _ in true }
    ) {
        unpack()
        let (raw, place) = (raw, place(of: pushes))
        if batch.version == .v1 {
            Self.compress(raw.span.extracting(place.series), into: &body)
        } else if version == .v1 {
            let message = place.transcoded(raw.span, tells: tells)
            Self.compress(message.span, into: &body)
        } else {
            let message = place.extract(from: raw.span).bytes
            Self.compress(message.span, into: &body)
        }
        bodyVersion = batch.version == .v1 ? .v1 : version
    }

    /// About how many bytes a version 1 message of these pushes has.
    mutating func size(transcoding pushes: Range<Int>) -> Int {
        unpack()
        return Version1Transcoder.size(place(of: pushes), of: raw.span)
    }

    /// The message of a push.
    mutating func message(of push: Int) -> Aside.Push {
        unpack()
        let bytes = place(of: push..<push + 1).extract(from: raw.span).bytes
        return Aside.Push(bytes: bytes, entry: entries[push], version: batch.version)
    }

    /// Makes several of a push, each with some of its series; they settle together.
    ///
    /// - Returns: how many there are now; 1 where it is a single series.
    mutating func divide(_ push: Int) -> Int {
        unpack()
        let halves = entries[push].halves(raw.span, place(of: push..<push + 1))
        guard !halves.isEmpty else { return 1 }
        batch.replace(push, by: halves.map(\.entry))
        return halves.count
    }

    /// Takes samples before a time out of a push.
    ///
    /// - Returns: how many there were.
    mutating func age(_ push: Int, before time: Int64) -> Int {
        unpack()
        let place = place(of: push..<push + 1)
        let rest = EncodedPush.removing(samplesBefore: time, from: raw.span, place)
        raw.replaceSubrange(place.series, with: rest.bytes)
        batch.shorten(push, by: place.series.count - rest.bytes.count, rest.removed, earliest: time)
        return rest.removed.samples
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

    private func place(of pushes: Range<Int>) -> EncodedPlace {
        let start = pushes.lowerBound == 0 ? batch.head : entries[pushes.lowerBound - 1].end
        let end = pushes.isEmpty ? start : entries[pushes.upperBound - 1].end
        return EncodedPlace(version: batch.version, head: batch.head, series: start..<end)
    }

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

extension EncodedPlace {
    /// Series of version 2 as a message of version 1, with the metadata of those families that `tells` wants.
    func transcoded(_ bytes: borrowing Span<UInt8>, tells: ([UInt8]) -> Bool) -> [UInt8] {
        var transcoder = Version1Transcoder(self, of: bytes)
        for family in transcoder.families where tells(family.name) { transcoder.append(family) }
        return transcoder.bytes
    }
}
