import Compression
import RemoteWrite

/// Pushes that travel in one request: their bytes one behind the other, and where each ends.
///
/// Messages of version 2 gather as they are. Once it is sealed, or in hand, they are one: symbols that they share, then
/// the series of each.
struct Batch: Sendable {
    /// One push in a batch.
    struct Entry: Sendable {
        /// What an entry costs beside its bytes: itself, its acknowledgement, and whoever waits for that.
        static let cost = 256

        /// Where its bytes end in the batch, before compression.
        var end: Int
        /// How many samples it has, native histograms among them.
        var samples: Int
        /// How many of the samples are native histograms.
        var histograms = 0
        /// How many exemplars it has.
        var exemplars = 0
        /// The earliest timestamp among them, in ms.
        var earliestTimestamp = Int64.max
        /// The latest timestamp among them, in ms.
        var latestTimestamp: Int64
        /// When it was received, in ms since the epoch.
        var receiptTime: Int64 = 0
        /// The hash of its grouping key.
        var group: UInt64
        /// The job, for the log.
        var job: String
        /// Who is told what became of it.
        var acknowledgement: Acknowledgement
        /// Where it is a part of a push, what became of the others.
        var parts: Parts?
    }

    /// The protobuf bytes, or once it is sealed, their snappy block.
    private(set) var bytes: [UInt8] = []
    /// Which messages they are.
    private(set) var version = RemoteWriteVersion.v1
    /// Once they are one message, where its symbols end and the first push begins.
    private(set) var head = 0
    /// The pushes, in the order in which they were accepted.
    private(set) var entries: [Entry] = []
    /// How many samples they have.
    private(set) var samples = 0
    /// Whether `bytes` is compressed.
    private(set) var isSealed = false
    /// Tells batches of a shard apart: one more from one to the next.
    var number = 0

    /// What it counts for in the budget.
    var held: Int { bytes.count + entries.count * Entry.cost }

    /// Adds a push behind the others.
    mutating func append(_ push: borrowing EncodedPush, _ offer: borrowing Offer) {
        bytes.append(contentsOf: push.bytes)
        version = push.version
        samples += push.samples
        entries.append(Entry(push, offer, end: bytes.count))
    }

    /// A batch of one part of a push, sealed.
    init(
        _ part: EncodedPart, at place: EncodedPlace, of push: borrowing EncodedPush,
        _ owner: (offer: Offer, parts: Parts)
    ) {
        if let range = place.message {
            // What is a message as it stands is not copied.
            let head = push.version == .v1 ? 0 : place.head - range.lowerBound
            self.init(part, of: push, owner, push.bytes.span.extracting(range), head: head)
        } else {
            let message = place.extract(from: push.bytes.span)
            self.init(part, of: push, owner, message.bytes.span, head: message.head)
        }
    }

    private init(
        _ part: EncodedPart, of push: borrowing EncodedPush, _ owner: (offer: Offer, parts: Parts),
        _ message: borrowing Span<UInt8>, head: Int
    ) {
        var entry = Entry(push, owner.offer, end: message.count)
        entry.take(part)
        entry.parts = owner.parts
        entries = [entry]
        samples = part.samples
        version = push.version
        self.head = head
        seal(Snappy.exactBlock(message))
    }

    /// An empty batch.
    init() {}

    /// Makes one message of the pushes.
    mutating func join() {
        guard version == .v2 else { return }
        let joined = Joined(bytes, ends: entries.map(\.end), version)
        bytes = joined.bytes
        place(joined)
    }

    /// Takes over where what stands, now that the pushes are one message.
    mutating func place(_ joined: Joined) {
        guard version == .v2 else { return }
        head = joined.head
        for (index, end) in joined.ends.enumerated() { entries[index].end = end }
    }

    /// Replaces the bytes by their snappy block.
    mutating func seal(_ block: [UInt8]) {
        bytes = block
        isSealed = true
    }

    /// Puts parts of a push in its place.
    mutating func replace(_ push: Int, by parts: [Entry]) { entries.replaceSubrange(push...push, with: parts) }

    /// A push has lost bytes and what they held; what stands behind it moves up.
    mutating func shorten(_ push: Int, by bytes: Int, _ removed: EncodedPart, earliest: Int64) {
        for index in push..<entries.count { entries[index].end -= bytes }
        entries[push].samples -= removed.samples
        entries[push].histograms -= removed.histograms
        entries[push].exemplars -= removed.exemplars
        entries[push].earliestTimestamp = earliest
    }

    /// Takes the bytes out.
    mutating func takeBytes() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Lets the bytes go, and keeps the memory of few.
    mutating func removeBytes() { bytes.removeAll(keepingCapacity: bytes.capacity <= Batch.keptBytes) }

    /// Empties it, and keeps the memory of small ones.
    mutating func removeAll() {
        removeBytes()
        entries.removeAll(keepingCapacity: entries.capacity <= Batch.keptEntries)
        samples = 0
        head = 0
        isSealed = false
    }

    private static let keptBytes = 256 << 10
    private static let keptEntries = 4_096
}

extension Batch.Entry {
    init(_ push: borrowing EncodedPush, _ offer: borrowing Offer, end: Int) {
        self.init(
            end: end, samples: push.samples, histograms: push.histograms, exemplars: push.exemplars,
            earliestTimestamp: push.earliestTimestamp, latestTimestamp: push.latestTimestamp,
            receiptTime: offer.receiptTime, group: offer.group,
            job: offer.job, acknowledgement: offer.acknowledgement)
    }

    /// The entries of about two halves of a push, which settle together.
    ///
    /// - Returns: the places of the halves in the bytes, and their entries; nothing where it is a single series.
    func halves(_ bytes: borrowing Span<UInt8>, _ place: EncodedPlace) -> [(place: EncodedPlace, entry: Batch.Entry)] {
        // In version 2 series share symbols, so that their bytes say less than their number.
        let isFirst = place.version == .v1
        let cuts = EncodedPart.cut(
            bytes, place, samples: isFirst ? .max : max(1, samples / 2),
            bytes: isFirst ? max(1, place.series.count / 2) : .max)
        guard cuts.count > 1 else { return [] }
        let together = parts ?? Parts(count: 1, samples: samples)
        together.divide(into: cuts.count)
        return cuts.map { cut in
            var half = self
            half.take(cut)
            half.end = cut.range.upperBound
            half.parts = together
            return (EncodedPlace(version: place.version, head: place.head, series: cut.range), half)
        }
    }

    /// Becomes the entry of a part of itself.
    mutating func take(_ part: EncodedPart) {
        samples = part.samples
        histograms = part.histograms
        exemplars = part.exemplars
        earliestTimestamp = part.earliestTimestamp
        latestTimestamp = part.latestTimestamp
    }
}

extension Snappy {
    /// The block of these bytes, in memory of just its size: a codec asks for the worst case, and what waits is to hold
    /// no more than it counts for.
    static func exactBlock(_ bytes: Span<UInt8>) -> [UInt8] {
        var block: [UInt8] = []
        Snappy.compress(bytes, into: &block)
        var exact: [UInt8] = []
        exact.reserveCapacity(block.count)
        exact.append(contentsOf: block)
        return exact
    }
}
