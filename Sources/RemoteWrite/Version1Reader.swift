import Samples

/// Reads `prometheus.WriteRequest` with the fields that Prometheus added to it.
enum Version1Reader {
    static func request(_ message: WireReader) throws(ReadError) -> ReceivedRequest {
        var message = message
        var request = ReceivedRequest()
        while let field = try message.next() {
            switch field.number {
            case 1:
                let body = try message.message(field, "timeseries")
                let index = request.series.count
                request.series.append(
                    try .reading(index: index) { series throws(ReadError) in try read(body, into: &series) })
            case 3: request.families.append(try family(message.message(field, "metadata")))
            default: break
            }
        }
        return request
    }

    private static func read(_ message: WireReader, into series: inout ReceivedSeries) throws(ReadError) {
        var message = message
        while let field = try message.next() {
            switch field.number {
            case 1: series.labels.append(try label(message.message(field, "labels")))
            case 2: series.samples.append(try ReceivedSample(message.message(field, "samples")))
            case 3: series.exemplars.append(try exemplar(message.message(field, "exemplars")))
            case 4: series.histograms.append(try ReceivedHistogram(message.message(field, "histograms")))
            default: break
            }
        }
    }

    private static func label(_ message: WireReader) throws(ReadError) -> ReceivedLabel {
        var message = message
        var label = ReceivedLabel(name: "", value: "")
        while let field = try message.next() {
            switch field.number {
            case 1: label.name = try message.string(field, "label name")
            case 2: label.value = try message.string(field, "label value")
            default: break
            }
        }
        return label
    }

    private static func exemplar(_ message: WireReader) throws(ReadError) -> ReceivedExemplar {
        var message = message
        var exemplar = ReceivedExemplar()
        while let field = try message.next() {
            switch field.number {
            case 1: exemplar.labels.append(try label(message.message(field, "labels")))
            case 2: exemplar.value = try field.double("exemplar value")
            case 3: exemplar.timestamp = try field.int64("exemplar timestamp")
            default: break
            }
        }
        return exemplar
    }

    private static func family(_ message: WireReader) throws(ReadError) -> ReceivedFamily {
        var message = message
        var family = ReceivedFamily()
        while let field = try message.next() {
            switch field.number {
            case 1: family.metadata.type = MetricType(wire: try field.varint("metadata type"))
            case 2: family.name = try message.string(field, "metric_family_name")
            case 4: family.metadata.help = try message.string(field, "help")
            case 5: family.metadata.unit = try message.string(field, "unit")
            default: break
            }
        }
        return family
    }
}

extension ReceivedSample {
    /// Reads a Sample of either version.
    init(_ message: WireReader) throws(ReadError) {
        var message = message
        while let field = try message.next() {
            switch field.number {
            case 1: value = try field.double("sample value")
            case 2: timestamp = try field.int64("sample timestamp")
            case 3: startTimestamp = try field.int64("sample start_timestamp")
            default: break
            }
        }
    }
}

extension MetricType {
    /// The type of this number, which is the same in both versions; `unknown` for numbers that they do not have.
    init(wire number: UInt64) {
        self = UInt8(exactly: number).flatMap(MetricType.init(rawValue:)) ?? .unknown
    }
}
