import Compression
import RemoteWrite

/// Pushes of one group that are tried by themselves, because the first of them fails where others do not.
///
/// The others wait behind it, so that the group keeps its order.
struct Aside: Sendable {
    /// A push, and its bytes.
    struct Push: Sendable {
        var bytes: [UInt8]
        var entry: Batch.Entry
        /// Which message the bytes are.
        var version = RemoteWriteVersion.v1

        var held: Int { bytes.count + Batch.Entry.cost }
    }

    /// The hash of the grouping key.
    let group: UInt64
    /// The pushes, in the order in which they were accepted; the first is tried.
    var pushes: [Push]
    /// When it is tried again.
    var due: ContinuousClock.Instant
    /// How often it has been tried.
    var attempt = 1
    /// The version and the size of the body that was made last.
    private(set) var sent = (version: RemoteWriteVersion.v1, bytes: 0)
    private var backoff: Backoff

    init(_ first: Push, backoff: Backoff, now: ContinuousClock.Instant, jitter: Double) {
        group = first.entry.group
        pushes = [first]
        self.backoff = backoff
        due = now
        due = now + self.backoff.wait(jitter: jitter)
    }

    /// The destination's settings have changed: it is tried at once, and waits as they say.
    mutating func renew(_ backoff: Backoff, now: ContinuousClock.Instant) {
        self.backoff = backoff
        due = now
    }

    /// What it counts for in the budget.
    var held: Int { pushes.reduce(0) { $0 + $1.held } }

    /// Makes the body of the request that tries the first push; see `Shipment.narrow`.
    mutating func makeBody(as version: RemoteWriteVersion, tells: ([UInt8]) -> Bool) -> [UInt8] {
        guard let first = pushes.first else { return [] }
        var bytes = first.bytes
        if first.version == .v2, version == .v1 {
            bytes = EncodedPlace(version: .v2, in: bytes.span).transcoded(first.bytes.span, tells: tells)
        }
        let body = Snappy.exactBlock(bytes.span)
        sent = (first.version == .v1 ? .v1 : version, body.count)
        return body
    }

    /// Makes several of the first, which is too large; each is tried by itself.
    ///
    /// - Returns: how many there are now; 1 where it is a single series.
    mutating func divide(now: ContinuousClock.Instant) -> Int {
        guard let first = pushes.first else { return 0 }
        let halves = first.entry.halves(first.bytes.span, EncodedPlace(version: first.version, in: first.bytes.span))
        guard !halves.isEmpty else { return 1 }
        let parts = halves.map { half in
            Push(bytes: half.place.extract(from: first.bytes.span).bytes, entry: half.entry, version: first.version)
        }
        pushes.replaceSubrange(0..<1, with: parts)
        attempt = 1
        due = now
        return halves.count
    }

    /// The first is to be tried again.
    mutating func again(after wait: Duration?, now: ContinuousClock.Instant, jitter: Double) {
        attempt += 1
        due = now + (wait ?? backoff.wait(jitter: jitter))
    }

    /// The first is settled: the next is tried at once.
    mutating func advance(now: ContinuousClock.Instant) -> Push {
        attempt = 1
        backoff.reset()
        due = now
        return pushes.removeFirst()
    }
}
