import RemoteWrite

/// Pushes that travel in one request: their bytes one behind the other, and where each ends.
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
        /// The latest timestamp among them, in ms.
        var latestTimestamp: Int64
        /// The job, for the log.
        var job: String
        /// Who is told what became of it.
        var acknowledgement: Acknowledgement
    }

    /// The protobuf bytes, or once it is sealed, their snappy block.
    private(set) var bytes: [UInt8] = []
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
        samples += push.samples
        entries.append(
            Entry(
                end: bytes.count, samples: push.samples, histograms: push.histograms, exemplars: push.exemplars,
                latestTimestamp: push.latestTimestamp, job: offer.job, acknowledgement: offer.acknowledgement))
    }

    /// Replaces the bytes by their snappy block.
    mutating func seal(_ block: [UInt8]) {
        bytes = block
        isSealed = true
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
        isSealed = false
    }

    private static let keptBytes = 256 << 10
    private static let keptEntries = 4_096
}
