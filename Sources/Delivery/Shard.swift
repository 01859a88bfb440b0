import DequeModule
import RemoteWrite
import Synchronization

/// The queue of some grouping keys on their way to one destination: one order, one request in flight.
///
/// Pushes gather in an open batch, which an idle wire takes at once; full ones wait behind each other.
final class Shard: Sendable {
    /// When a batch is full.
    struct Limits: Sendable {
        /// Samples that make a batch full.
        var samples: Int
        /// Encoded bytes that make a batch full.
        var bytes = 3 << 20
        /// Samples that may wait; 0: any number.
        var capacity = 0
    }

    /// What the one who appended a push has to do now that the lock is open.
    struct Appended {
        /// The wire was idle: somebody has to wake the transport.
        var needsWake = false
        /// A batch that has filled: to be sealed.
        var filled: Filled?
    }

    /// A full batch that is not compressed yet.
    struct Filled {
        var number: Int
        var bytes: [UInt8]
        var version: RemoteWriteVersion
        /// Where each push ends; empty in version 1, where nothing changes that.
        var ends: [Int]
    }

    /// What there is for the wire.
    enum Taken {
        case batch(Batch)
        /// Nothing now; whoever appends next is told to wake the transport.
        case nothing
        /// Nothing any more.
        case finished
    }

    private struct State {
        var open = Batch()
        var full = Deque<Batch>()
        /// Memory of a batch that has been sent, for the next open one.
        var spare = Batch()
        var nextNumber = 0
        var wireIsIdle = true
        var isClosed = false
    }

    private let samplesPerBatch: Atomic<Int>
    private let bytesPerBatch: Int
    /// The samples that wait here or are under way, where a limit of them is set.
    let capacity: Capacity
    private let state = Mutex(State())
    /// When the oldest push in the wire's hands was received, in ms since the epoch; `Int64.max`: there is none.
    private let oldestInHand = Atomic<Int64>(.max)

    init(limits: Limits) {
        samplesPerBatch = Atomic(limits.samples)
        bytesPerBatch = limits.bytes
        capacity = Capacity(limit: limits.capacity)
    }

    /// When a batch is full; changed, it holds for pushes that come from then on.
    var limits: Limits {
        get {
            Limits(
                samples: samplesPerBatch.load(ordering: .relaxed), bytes: bytesPerBatch, capacity: capacity.limit)
        }
        set {
            samplesPerBatch.store(newValue.samples, ordering: .relaxed)
            capacity.limit = newValue.capacity
        }
    }

    /// Adds a push behind all others; its bytes are in the budget already.
    func append(_ push: borrowing EncodedPush, _ offer: borrowing Offer) -> Appended {
        let limits = limits
        return state.withLock { state in
            var appended = Appended()
            if !state.open.entries.isEmpty, !fits(push, in: state.open, limits) { appended.filled = close(&state) }
            state.open.append(push, offer)
            if state.open.samples >= limits.samples || state.open.bytes.count >= limits.bytes {
                // Of two that fill at once the first, short one stays as it is; the wire compresses it.
                appended.filled = close(&state)
            }
            appended.needsWake = state.wireIsIdle
            state.wireIsIdle = false
            return appended
        }
    }

    /// Adds the parts of a push behind all others, each in a batch of its own; what is open before them is full.
    func append(_ parts: [Batch]) -> Appended {
        state.withLock { state in
            var appended = Appended()
            if !state.open.entries.isEmpty { appended.filled = close(&state) }
            for var batch in parts {
                batch.number = state.nextNumber
                state.nextNumber += 1
                state.full.append(batch)
            }
            appended.needsWake = state.wireIsIdle
            state.wireIsIdle = false
            return appended
        }
    }

    /// Whether a push is to travel in parts.
    func isLarge(_ push: borrowing EncodedPush) -> Bool {
        !push.messages.isEmpty || push.samples > limits.samples || push.bytes.count > limits.bytes
    }

    /// The parts of a large push, sealed.
    func parts(of push: borrowing EncodedPush, _ offer: Offer) -> [Batch] {
        let cuts = push.parts(samples: limits.samples, bytes: limits.bytes)
        let parts = Parts(count: cuts.count, samples: push.samples)
        var batches: [Batch] = []
        for (part, place) in cuts { batches.append(Batch(part, at: place, of: push, (offer, parts))) }
        return batches
    }

    /// Puts the snappy block in the place of a full batch's bytes.
    ///
    /// - Returns: how many bytes fewer it holds now; 0 where the wire has taken the batch meanwhile.
    func seal(_ number: Int, _ block: [UInt8], _ joined: Joined? = nil) -> Int {
        state.withLock { state in
            guard let first = state.full.first, number >= first.number else { return 0 }
            let index = number - first.number
            let saved = state.full[index].bytes.count - block.count
            state.full[index].seal(block)
            if let joined { state.full[index].place(joined) }
            return saved
        }
    }

    /// The next batch for the wire.
    func take() -> Taken {
        state.withLock { state in
            if let batch = state.full.popFirst() { return .batch(batch) }
            if !state.open.entries.isEmpty {
                _ = close(&state)
                return state.full.popFirst().map { .batch($0) } ?? .nothing
            }
            if state.isClosed { return .finished }
            state.wireIsIdle = true
            return .nothing
        }
    }

    /// When the oldest push that is not settled was received, in ms since the epoch, to within a batch.
    var oldest: Int64? {
        let queued = state.withLock { $0.full.first?.entries.first?.receiptTime ?? $0.open.entries.first?.receiptTime }
        let oldest = min(queued ?? .max, oldestInHand.load(ordering: .relaxed))
        return oldest == .max ? nil : oldest
    }

    /// Tells what the wire holds.
    func note(inHandSince time: Int64) { oldestInHand.store(time, ordering: .relaxed) }

    /// Gives the memory of a batch that is done with back.
    func recycle(_ batch: Batch) { state.withLock { $0.spare = batch } }

    /// Takes pushes again; the wire is to be asked after that.
    func open() { state.withLock { $0.isClosed = false } }

    /// Says that nothing will be appended any more.
    func close() {
        state.withLock { state in
            state.isClosed = true
            state.wireIsIdle = false
        }
    }

    private func fits(_ push: borrowing EncodedPush, in batch: borrowing Batch, _ limits: Limits) -> Bool {
        // A reload may have changed what the destination is sent.
        push.version == batch.version && batch.samples + push.samples <= limits.samples
            && batch.bytes.count + push.bytes.count <= limits.bytes
    }

    /// Moves the open batch behind the full ones.
    private func close(_ state: inout State) -> Filled {
        var batch = state.open
        state.open = state.spare
        state.spare = Batch()
        batch.number = state.nextNumber
        state.nextNumber += 1
        state.full.append(batch)
        let ends = batch.version == .v1 ? [] : batch.entries.map(\.end)
        return Filled(number: batch.number, bytes: batch.bytes, version: batch.version, ends: ends)
    }
}
