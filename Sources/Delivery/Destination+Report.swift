import Logging
import Synchronization
import Telemetry

extension Destination {
    /// What the log and the metrics say of the destination.
    enum Report: Sendable, Equatable {
        case well
        case failing
        /// Failing, and only the operator can mend it.
        case misconfigured
    }

    /// Why what is queued is not delivered: `<name>: <why, since when>`, one line of visible ASCII.
    public func whyUndelivered(at now: ContinuousClock.Instant) -> String { failing(at: now) ?? whySlow }

    /// A reload takes it out, or back; to be called by the roster.
    ///
    /// - Returns: whether that is new.
    @discardableResult
    func setLeaving(_ leaves: Bool) -> Bool {
        let isNew = isLeaving.exchange(leaves, ordering: .relaxed) != leaves
        tellFailing(reported.withLock { $0 })
        return isNew
    }

    /// Pushes are not answered sooner because of one that leaves.
    private func tellFailing(_ report: Report) {
        metrics.failing.set(report == .well || isLeaving.load(ordering: .relaxed) ? 0 : 1)
    }

    /// Logs and counts that the destination has begun or ceased to fail.
    ///
    /// The transport calls it about once a second while there are requests under way; time alone can make a destination
    /// failing.
    public func reviewHealth(at now: ContinuousClock.Instant) {
        let (why, isHeld) = health.withLock { ($0.failing(at: now), $0.isHeld) }
        let report = why == nil ? Report.well : isHeld ? .misconfigured : .failing
        let before = reported.withLock { reported in
            defer { reported = report }
            return reported
        }
        guard report != before else { return }
        tellFailing(report)
        let reason: Logger.Metadata = why.map { ["reason": "\(Message.line($0))"] } ?? [:]
        switch report {
        case .well: logger.info("destination is well again")
        case .failing: logger.warning("destination is failing", metadata: reason)
        case .misconfigured: logger.error("destination is misconfigured", metadata: reason)
        }
    }
}
