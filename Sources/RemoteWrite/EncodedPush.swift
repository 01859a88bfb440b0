/// One push as the bytes of a remote-write message, before compression.
///
/// A version 1 `WriteRequest` has only repeated fields, so the bytes of several pushes one behind the other are one
/// request. A version 2 `Request` has its symbols first, then its series.
public struct EncodedPush: Sendable {
    /// Which message it is.
    public var version = RemoteWriteVersion.v1
    /// The protobuf bytes.
    public var bytes: [UInt8] = []
    /// Of version 2, where it is more than one message: each as it stands in the bytes.
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

    /// Adds the message that has been written.
    ///
    /// - Parameter memory: for the next message, where there is one.
    mutating func append(_ writer: inout SeriesWriter, isOnly: Bool, memory: inout [UInt8]) {
        samples += writer.samples
        histograms += writer.histograms
        exemplars += writer.exemplars
        earliestTimestamp = min(earliestTimestamp, writer.earliest)
        latestTimestamp = max(latestTimestamp, writer.latest)
        let message = writer.finish()
        guard !isOnly else { return bytes = message }
        if !message.isEmpty { messages.append(writer.part(at: bytes.count..<bytes.count + message.count)) }
        bytes.append(contentsOf: message)
        memory = message
    }
}
