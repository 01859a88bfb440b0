/// What an outbox needs to know of a push besides its bytes.
public struct Offer: Sendable {
    /// The hash of the grouping key: pushes of one group keep their order.
    public var group: UInt64
    /// The job, for the log.
    public var job: String
    /// The time of receipt that its samples bear, from `Outbox.receiptTime`; ms since the epoch.
    public var receiptTime: Int64
    /// Who is told what became of it.
    public var acknowledgement: Acknowledgement
    /// Who wakes the transport where a wire was idle; nil: it is woken at once.
    public var waker: (any Waker)?

    /// A push of this group.
    public init(group: UInt64, job: String, receiptTime: Int64, acknowledgement: Acknowledgement) {
        self.group = group
        self.job = job
        self.receiptTime = receiptTime
        self.acknowledgement = acknowledgement
    }
}
