import RemoteWrite

/// How much less a version 2 destination says it has stored than it was sent (specification 2.0, section "Required Written
/// Response Headers").
///
/// Of what it was sent in version 1 it need not say anything.
struct Shortfall: Sendable, Equatable {
    /// Samples, native histograms among them.
    var samples = 0
    /// How many of these are native histograms.
    var histograms = 0
    /// Exemplars.
    var exemplars = 0

    /// Nothing is missing.
    init() {}

    /// Whether it decides over these pushes: over one alone, and over all where nothing was stored.
    func refuses(_ entries: some Collection<Batch.Entry>) -> Bool {
        samples > 0 && (entries.count == 1 || samples == entries.reduce(0) { $0 + $1.samples })
    }

    /// Compares what was sent in a version with what the answer says.
    init(of entries: some Sequence<Batch.Entry>, _ response: Response, to version: RemoteWriteVersion) {
        guard version == .v2, let written = response.written else { return }
        var sent = (numbers: 0, histograms: 0, exemplars: 0)
        for entry in entries {
            sent.numbers += entry.samples - entry.histograms
            sent.histograms += entry.histograms
            sent.exemplars += entry.exemplars
        }
        let numbers = max(0, min(sent.numbers, sent.numbers - written.samples))
        histograms = max(0, min(sent.histograms, sent.histograms - written.histograms))
        samples = numbers + histograms
        exemplars = max(0, min(sent.exemplars, sent.exemplars - written.exemplars))
    }
}
