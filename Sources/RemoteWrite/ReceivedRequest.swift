public import Samples

/// What a remote-write request holds, whichever its version.
public struct ReceivedRequest: Sendable, Equatable {
    /// The series in the order of the request; one that the request has twice is here twice.
    public var series: [ReceivedSeries] = []

    /// What version 1 says about metric families; version 2 says it with each series.
    public var families: [ReceivedFamily] = []

    /// A request of these series.
    public init(_ series: [ReceivedSeries] = []) { self.series = series }

    /// How many samples all series have together.
    public var sampleCount: Int { series.reduce(0) { $0 + $1.samples.count } }

    /// How many native histograms all series have together.
    public var histogramCount: Int { series.reduce(0) { $0 + $1.histograms.count } }

    /// How many exemplars all series have together.
    public var exemplarCount: Int { series.reduce(0) { $0 + $1.exemplars.count } }
}

/// One TimeSeries message.
public struct ReceivedSeries: Sendable, Equatable {
    /// All labels as received, `__name__` among them: sorted by the bytes of their names, none twice, none empty.
    public var labels: [ReceivedLabel] = []
    /// The samples, ascending by time.
    public var samples: [ReceivedSample] = []
    /// The native histograms, ascending by time.
    public var histograms: [ReceivedHistogram] = []
    /// The exemplars as received.
    public var exemplars: [ReceivedExemplar] = []
    /// What version 2 says about the series' family; nil where it says nothing, and in version 1.
    public var metadata: ReceivedMetadata?

    /// A series without anything.
    public init() {}

    /// The metric name: the value of `__name__`.
    public var name: String { labels.first { $0.name == "__name__" }?.value ?? "" }
}

/// A label of a series or of an exemplar.
public struct ReceivedLabel: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: String

    /// A label of this name and value.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A value at a time.
public struct ReceivedSample: Sendable, Equatable {
    /// The value.
    public var value = 0.0
    /// Milliseconds since the epoch.
    public var timestamp: Int64 = 0
    /// When the series began to count, in ms since the epoch; 0 where it is not said, and in version 1.
    public var startTimestamp: Int64 = 0
}

/// An example of what a series counted.
public struct ReceivedExemplar: Sendable, Equatable {
    /// Its own labels, such as `trace_id`.
    public var labels: [ReceivedLabel] = []
    /// The value.
    public var value = 0.0
    /// Milliseconds since the epoch.
    public var timestamp: Int64 = 0
}

/// Type, help and unit of a metric family.
public struct ReceivedMetadata: Sendable, Equatable {
    /// The type; a number that the protocol does not know is `unknown`.
    public var type = MetricType.unknown
    /// The help text, or empty.
    public var help = ""
    /// The unit, or empty.
    public var unit = ""
}

/// The metadata of a metric family that version 1 sends beside the series.
public struct ReceivedFamily: Sendable, Equatable {
    /// The family's name.
    public var name = ""
    /// What is said about it.
    public var metadata = ReceivedMetadata()
}
