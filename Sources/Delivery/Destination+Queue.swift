import Compression
import RemoteWrite
import Telemetry

// For the outbox: what enters the queue.
extension Destination {
    /// A push as it would enter the queue.
    struct Load {
        /// The parts of a push that is too large for one request, sealed; none where it is not.
        var parts: [Batch]
        /// What it counts for in the budget.
        var cost: Int
    }

    /// Makes a push ready for the queue; under no lock, because a large one is cut and compressed.
    func load(_ push: borrowing EncodedPush, _ offer: borrowing Offer) -> Load {
        let shard = shard(of: offer.group)
        guard shard.isLarge(push) else { return Load(parts: [], cost: push.bytes.count + Batch.Entry.cost) }
        let parts = shard.parts(of: push, copy offer)
        return Load(parts: parts, cost: parts.reduce(0) { $0 + $1.held })
    }

    /// Reserves room for a push: bytes of the destination, samples of its group's shard.
    func reserve(_ load: borrowing Load, samples: Int, group: UInt64) -> Bool {
        guard shard(of: group).capacity.reserve(samples) else { return false }
        if budget.reserve(load.cost) { return true }
        shard(of: group).capacity.release(samples)
        return false
    }

    /// Gives back what was reserved.
    func release(_ load: borrowing Load, samples: Int, group: UInt64) {
        budget.release(load.cost)
        shard(of: group).capacity.release(samples)
    }

    /// Puts a push, for which there is room, into its group's shard.
    ///
    /// - Returns: what is left to do outside the locks: a batch to be sealed, an idle wire to be woken.
    func append(
        _ load: borrowing Load, _ push: borrowing EncodedPush, _ offer: borrowing Offer
    ) -> Shard.Appended {
        metrics.samplesIn.add(push.samples)
        metrics.samplesPending.add(push.samples)
        if push.exemplarsLeftOut > 0 { metrics.samplesDropped.add("exemplar", push.exemplarsLeftOut) }
        let shard = shard(of: offer.group)
        return load.parts.isEmpty ? shard.append(push, offer) : shard.append(load.parts)
    }

    /// Makes one message of a full batch where it stands, and compresses it.
    func seal(_ filled: Shard.Filled, group: UInt64) {
        let joined = Joined(filled.bytes, ends: filled.ends, filled.version)
        budget.release(shard(of: group).seal(filled.number, Snappy.exactBlock(joined.bytes.span), joined))
    }
}
