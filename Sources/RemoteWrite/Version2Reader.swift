import Samples

/// Reads `io.prometheus.write.v2.Request`.
struct Version2Reader {
    /// The strings that everything else refers to.
    private let symbols: [String]

    static func request(_ message: WireReader) throws(ReadError) -> ReceivedRequest {
        // Two passes: protobuf does not promise that the symbols come first.
        let reader = Version2Reader(symbols: try symbols(message))
        var message = message
        var request = ReceivedRequest()
        while let field = try message.next() {
            guard field.number == 5 else { continue }
            let body = try message.message(field, "timeseries")
            let index = request.series.count
            request.series.append(
                try .reading(index: index) { series throws(ReadError) in try reader.read(body, into: &series) })
        }
        return request
    }

    private static func symbols(_ message: WireReader) throws(ReadError) -> [String] {
        var message = message
        var symbols: [String] = []
        // By bytes: as strings, symbols that differ in normalization only would be the same.
        var seen: Set<[UInt8]> = []
        while let field = try message.next() {
            guard field.number == 4 else { continue }
            let symbol = try message.string(field, "symbols")
            guard seen.insert(Array(symbol.utf8)).inserted else { throw .duplicateSymbol(symbol) }
            symbols.append(symbol)
        }
        guard symbols.first == "" else { throw .firstSymbolNotEmpty }
        return symbols
    }

    private func read(_ message: WireReader, into series: inout ReceivedSeries) throws(ReadError) {
        var message = message
        var references: [UInt64] = []
        while let field = try message.next() {
            switch field.number {
            case 1: references += try message.varints(field, "labels_refs")
            case 2: series.samples.append(try ReceivedSample(message.message(field, "samples")))
            case 3: series.histograms.append(try ReceivedHistogram(message.message(field, "histograms")))
            case 4: series.exemplars.append(try exemplar(message.message(field, "exemplars")))
            case 5: series.metadata = try metadata(message.message(field, "metadata"), over: series.metadata)
            default: break
            }
        }
        series.labels = try labels(references)
        if series.samples.isEmpty && series.histograms.isEmpty { throw .noSamples }
        if !series.samples.isEmpty && !series.histograms.isEmpty { throw .samplesAndHistograms }
    }

    private func exemplar(_ message: WireReader) throws(ReadError) -> ReceivedExemplar {
        var message = message
        var exemplar = ReceivedExemplar()
        var references: [UInt64] = []
        while let field = try message.next() {
            switch field.number {
            case 1: references += try message.varints(field, "exemplar labels_refs")
            case 2: exemplar.value = try field.double("exemplar value")
            case 3: exemplar.timestamp = try field.int64("exemplar timestamp")
            default: break
            }
        }
        exemplar.labels = try labels(references)
        return exemplar
    }

    private func metadata(
        _ message: WireReader, over earlier: ReceivedMetadata?
    ) throws(ReadError) -> ReceivedMetadata {
        var message = message
        var metadata = earlier ?? ReceivedMetadata()
        while let field = try message.next() {
            switch field.number {
            case 1: metadata.type = MetricType(wire: try field.varint("metadata type"))
            case 3: metadata.help = try symbol(field.varint("help_ref"))
            case 4: metadata.unit = try symbol(field.varint("unit_ref"))
            default: break
            }
        }
        return metadata
    }

    private func labels(_ references: [UInt64]) throws(ReadError) -> [ReceivedLabel] {
        guard references.count.isMultiple(of: 2) else { throw .oddReferences(references.count) }
        var labels: [ReceivedLabel] = []
        labels.reserveCapacity(references.count / 2)
        for index in stride(from: 0, to: references.count, by: 2) {
            labels.append(ReceivedLabel(name: try symbol(references[index]), value: try symbol(references[index + 1])))
        }
        return labels
    }

    private func symbol(_ reference: UInt64) throws(ReadError) -> String {
        guard reference < UInt64(symbols.count) else {
            throw .referenceOutOfRange(reference, symbols: symbols.count)
        }
        return symbols[Int(reference)]
    }
}
