import NIOCore
import Synchronization
import Telemetry

/// What one event loop remembers of its last pushes, for the status page.
///
/// Noting one costs a lock that nobody else holds, and copies of references; texts for people are made when they are shown.
final class Journal: Sendable {
    /// A push that was answered.
    struct Entry: Sendable {
        var began: NIODeadline
        var answered: NIODeadline
        var peer: SocketAddress?
        /// What its request line named.
        var target: String
        var samples: Int
        var status: Int
        /// Why it was refused, or is not stored yet.
        var reason: String
        var isRefused: Bool
    }

    /// Copies of what is remembered.
    struct Reading {
        var taken: [Entry]
        var refused: [Entry]
        var traffic: Traffic
    }

    private struct State {
        var taken = Ring<Entry>(capacity: Journal.kept)
        var refused = Ring<Entry>(capacity: Journal.kept)
        var traffic = Traffic()
    }

    /// How many pushes of each kind are kept.
    static let kept = 24
    /// A longer target is cut: it would be held for as long as the event loop is idle.
    static let longestTarget = 2_048

    private let state = Mutex(State())

    /// Notes a push.
    func note(_ entry: Entry) {
        let second = Int(entry.answered.uptimeNanoseconds / 1_000_000_000)
        let nanoseconds = Int((entry.answered - entry.began).nanoseconds)
        var entry = entry
        if entry.target.utf8.count > Self.longestTarget {
            entry.target = String(decoding: entry.target.utf8.prefix(Self.longestTarget), as: UTF8.self)
        }
        state.withLock { state in
            state.traffic.note(
                second: second, samples: entry.samples, nanoseconds: nanoseconds, isRefused: entry.isRefused)
            if entry.isRefused { state.refused.append(entry) } else { state.taken.append(entry) }
        }
    }

    /// What is remembered now.
    var reading: Reading {
        state.withLock {
            Reading(taken: $0.taken.latestFirst, refused: $0.refused.latestFirst, traffic: $0.traffic)
        }
    }
}

/// The journals of all event loops.
final class Journals: Sendable {
    private let journals = Mutex<[Journal]>([])

    /// The journal of one more event loop.
    func begin() -> Journal {
        let journal = Journal()
        journals.withLock { $0.append(journal) }
        return journal
    }

    /// What all of them remember.
    var readings: [Journal.Reading] { journals.withLock { $0 }.map(\.reading) }
}
