/// One push as the bytes of a remote-write message, before compression.
///
/// A version 1 `WriteRequest` has only repeated fields, so the bytes of several pushes one behind the other are one
/// request.
public struct EncodedPush: Sendable {
    /// The protobuf bytes.
    public var bytes: [UInt8] = []
    /// How many samples they hold, native histograms among them.
    public var samples = 0
    /// How many of the samples are native histograms.
    public var histograms = 0
    /// How many exemplars they hold.
    public var exemplars = 0
    /// How many exemplars of these samples the profile left out.
    public var exemplarsLeftOut = 0
    /// How many samples relabelling took out; whoever relabels sets it.
    public var samplesLeftOut = 0
    /// The earliest timestamp among them, in ms; `Int64.max` where there are none.
    public var earliestTimestamp = Int64.max
    /// The latest timestamp among them, in ms; `Int64.min` where there are none.
    public var latestTimestamp = Int64.min

    /// No samples yet.
    public init() {}
}
