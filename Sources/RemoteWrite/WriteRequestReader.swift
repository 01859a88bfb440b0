/// Reads remote-write requests of both versions, and refuses what the specifications forbid.
///
/// It is the checker of this program's own encoder and shares no code with it. Unknown fields are skipped. What it
/// does not demand: classic names (version 2 allows UTF-8 names, and so do receivers), order between two TimeSeries
/// of one series, consistent counts in native histograms.
public enum WriteRequestReader {
    /// Reads the series of an uncompressed request.
    public static func read(_ bytes: [UInt8], version: RemoteWriteVersion) throws(ReadError) -> [ReceivedSeries] {
        try request(bytes, version: version).series
    }

    /// Reads an uncompressed request whole: all of it, or an error.
    ///
    /// The result takes up to some 16 times the memory of `bytes`, so the caller bounds these.
    public static func request(_ bytes: [UInt8], version: RemoteWriteVersion) throws(ReadError) -> ReceivedRequest {
        switch version {
        case .v1: try Version1Reader.request(WireReader(bytes))
        case .v2: try Version2Reader.request(WireReader(bytes))
        }
    }
}

extension ReceivedSeries {
    /// Reads into a new series; what goes wrong is told with its index and its labels, as far as they are known.
    static func reading(
        index: Int, _ read: (inout ReceivedSeries) throws(ReadError) -> Void
    ) throws(ReadError) -> ReceivedSeries {
        var series = ReceivedSeries()
        do throws(ReadError) {
            try read(&series)
            try series.check()
        } catch {
            var labels = ExpositionText(upTo: 200)
            labels.append(series.labels)
            throw .series(index: index, labels: labels.shortened, error)
        }
        return series
    }
}
