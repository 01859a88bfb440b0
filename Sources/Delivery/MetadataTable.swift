public import RemoteWrite
public import Samples
import Synchronization

/// Which families' metadata went to the destinations of a profile lately: each rides with a push that has it, at most once
/// an interval.
///
/// It knows at most `limit` families; while it is full, others' metadata does not go.
public final class MetadataTable: Sendable {
    /// How many families it knows.
    static let limit = 2_000

    private struct State {
        /// When a family's metadata last went, in ms, by the hash of its name.
        var sent: [UInt64: Int64] = [:]
        /// When those were removed that may go again.
        var swept = Int64.min
    }

    private let interval: Int64
    private let perPush: Int
    private let state = Mutex(State())

    /// A table that knows nothing; nil where no metadata is sent.
    public init?(_ policy: MetadataPolicy?) {
        guard let policy else { return nil }
        let (seconds, attoseconds) = policy.interval.components
        interval = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
        perPush = policy.familiesPerPush
    }

    /// The families of a batch whose metadata is to go with it; they count as sent from now on.
    public func claim(_ batch: borrowing SampleBatch, now: Int64) -> [Int] {
        guard !batch.families.isEmpty else { return [] }
        let hasher = ByteHasher.process
        let bytes = batch.arena.span
        return state.withLock { state in
            var due: [Int] = []
            for index in batch.families.indices where due.count < perPush {
                let hash = hasher.hash(bytes, batch.families[index].name, salt: hasher.seed)
                if let last = state.sent[hash], now - last < interval { continue }
                if state.sent.count >= Self.limit, state.sent[hash] == nil {
                    sweep(&state, now: now)
                    if state.sent.count >= Self.limit { continue }
                }
                state.sent[hash] = now
                due.append(index)
            }
            return due
        }
    }

    /// The push was not taken: its families have not been sent.
    public func release(_ families: [Int], of batch: borrowing SampleBatch) {
        guard !families.isEmpty else { return }
        let hasher = ByteHasher.process
        let bytes = batch.arena.span
        state.withLock { state in
            for family in families {
                state.sent[hasher.hash(bytes, batch.families[family].name, salt: hasher.seed)] = nil
            }
        }
    }

    /// Removes those that may go again anyway; a full table is looked through once a second at most.
    private func sweep(_ state: inout State, now: Int64) {
        guard now >= state.swept &+ 1_000 || now < state.swept else { return }
        state.swept = now
        state.sent = state.sent.filter { now - $0.value < interval }
    }
}
