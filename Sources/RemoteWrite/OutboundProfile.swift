public import Samples

/// What a destination is sent of a push: destinations with equal profiles share its bytes.
public struct OutboundProfile: Sendable, Hashable {
    /// The version of the protocol.
    public var version: RemoteWriteVersion
    /// How many samples a request has at most; a push of more is encoded in parts for several.
    ///
    /// Nil is no limit, and a series is never cut. To cut later takes longer, with version 2 longer than to encode.
    public var samplesPerMessage: Int?
    /// Whether exemplars go with their samples.
    public var sendsExemplars: Bool
    /// Whether native histograms go as they are; else the classic series that stand for them do (contract B12).
    public var sendsNativeHistograms: Bool
    /// When metadata of families goes along with version 1; nil: never.
    ///
    /// In version 2 each series has its own.
    public var metadata: MetadataPolicy?
    /// Which relabelling series go through on the way: one of those that the outbox has.
    public var relabeling = 0

    /// Samples alone, unless it says otherwise.
    public init(
        version: RemoteWriteVersion = .v1, sendsExemplars: Bool = false, sendsNativeHistograms: Bool = false,
        metadata: MetadataPolicy? = nil
    ) {
        self.version = version
        self.sendsExemplars = sendsExemplars
        self.sendsNativeHistograms = sendsNativeHistograms
        self.metadata = metadata
    }
}

/// How often type, help and unit of a family go along with a push.
public struct MetadataPolicy: Sendable, Hashable {
    /// How long those of one family do not go again.
    public var interval: Duration
    /// How many families' go with one push.
    public var familiesPerPush: Int

    /// A policy of one interval.
    public init(interval: Duration, familiesPerPush: Int) {
        self.interval = interval
        self.familiesPerPush = familiesPerPush
    }
}

extension OutboundProfile {
    /// Which series is the first that is not in the message that begins with this one.
    func messageEnd(from first: Int, in batch: borrowing SampleBatch) -> Int {
        guard let samplesPerMessage, batch.samples.count > samplesPerMessage else {
            return batch.series.count
        }
        var (end, samples) = (first, 0)
        while end < batch.series.count {
            samples += batch.series[end].samples.count
            if samples > samplesPerMessage, end > first { break }
            end += 1
        }
        return end
    }

    /// Whether a sample of this kind is sent.
    public func sends(_ kind: SampleDetails.Kind) -> Bool {
        switch kind {
        case .float: true
        case .created: version == .v1
        case .native: sendsNativeHistograms
        case .standIn: !sendsNativeHistograms
        }
    }

    /// Whether a sample with these details is sent as a number and its times, and nothing else.
    func sendsPlain(_ details: SampleDetails) -> Bool {
        guard sends(details.kind), details.exemplars.isEmpty || !sendsExemplars else { return false }
        if case .native = details.kind { return false }
        return true
    }

    /// How many samples of a batch are sent.
    public func samples(of batch: borrowing SampleBatch) -> Int {
        var count = 0
        for series in batch.series.indices {
            guard !batch.details.isEmpty else {
                count &+= batch.series[series].samples.count
                continue
            }
            for index in batch.series[series].samples {
                count += batch.details(of: batch.samples[index]).map { sends($0.kind) } ?? true ? 1 : 0
            }
        }
        return count
    }

    /// How many exemplars belong to samples that are sent, but are not sent themselves.
    func exemplarsLeftOut(of batch: borrowing SampleBatch) -> Int {
        guard !sendsExemplars, !batch.exemplars.isEmpty else { return 0 }
        var count = 0
        for series in batch.series.indices {
            for index in batch.series[series].samples {
                guard let details = batch.details(of: batch.samples[index]), sends(details.kind) else { continue }
                count += details.exemplars.count
            }
        }
        return count
    }
}
