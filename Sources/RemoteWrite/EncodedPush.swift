import Samples

/// One push as the bytes of a remote-write message, before compression.
///
/// A version 1 `WriteRequest` has only repeated fields, so the bytes of several pushes one behind the other are one
/// request. A version 2 `Request` has its symbols first, then its series.
public struct EncodedPush: Sendable {
    /// Which message it is.
    public var version = RemoteWriteVersion.v1
    /// The protobuf bytes.
    public var bytes: [UInt8] = []
    /// Where it is more than one request's: the parts for each, as they stand in the bytes.
    public private(set) var messages: [EncodedPart] = []
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

extension EncodedPush {
    /// Empties it, but for the bytes.
    mutating func removeAll(version: RemoteWriteVersion) {
        var bytes: [UInt8] = []
        swap(&bytes, &self.bytes)
        self = EncodedPush()
        self.version = version
        swap(&bytes, &self.bytes)
    }

    /// Adds the part that has been written.
    mutating func add(_ writer: inout SeriesWriter, isOnly: Bool) {
        let part = writer.takePart()
        samples += part.samples
        histograms += part.histograms
        exemplars += part.exemplars
        earliestTimestamp = min(earliestTimestamp, part.earliestTimestamp)
        latestTimestamp = max(latestTimestamp, part.latestTimestamp)
        if !isOnly, !part.range.isEmpty { messages.append(part) }
    }

    /// Takes the bytes that have been written.
    mutating func finish(_ writer: inout SeriesWriter) { bytes = writer.finish() }

    /// Appends what belongs to the last part.
    mutating func append(_ family: Family, of batch: borrowing SampleBatch) {
        bytes.append(family, of: batch)
        guard let last = messages.indices.last else { return }
        messages[last].range = messages[last].range.lowerBound..<bytes.count
    }
}
