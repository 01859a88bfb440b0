/// What became of a push, once and for all.
public enum Settlement: Sendable, Equatable {
    /// Every required destination has answered 2xx for all of its samples (contract A1).
    case delivered
    /// A destination refuses its samples for good; the message is the destination's, at most 512 bytes (contract A5).
    case refused(destination: String, status: Int, message: String)
    /// Its samples had become older than a destination's `sample_age_limit` before that could store them.
    case expired(destination: String)
    /// The process ends before a destination has stored it.
    case lost
}
