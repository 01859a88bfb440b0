public import Delivery
public import Settings

/// The destinations of a configuration that is to be put in force.
public struct DestinationChange: Sendable {
    /// Each with its settings, whether it is new, lives on, or is taken back.
    public var destinations: [(destination: Destination, settings: DestinationSettings)]
    /// An attempt that has had no answer for so long makes a destination failing.
    public var acknowledgeTimeout: Duration

    /// A change to these.
    public init(
        to destinations: [(destination: Destination, settings: DestinationSettings)], acknowledgeTimeout: Duration
    ) {
        self.destinations = destinations
        self.acknowledgeTimeout = acknowledgeTimeout
    }
}
