import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf

/// A series of a version 2 message with texts in the place of references, as SwiftProtobuf decodes it.
struct ResolvedSeries: Equatable {
    var labels: [PlainLabel]
    var samples: [PlainSample]
    var starts: [Int64] = []
    var histograms: [Io_Prometheus_Write_V2_Histogram] = []
    var exemplars: [[PlainLabel]] = []
    var exemplarValues: [Double] = []
    var type: Int?
    var help = ""
    var unit = ""

    var name: String { labels.first { $0.name == "__name__" }?.value ?? "" }

    /// The series of a message; none where its symbols are not as the specification wants them.
    static func all(_ bytes: [UInt8]) throws -> [ResolvedSeries] {
        let request = try Io_Prometheus_Write_V2_Request(serializedBytes: bytes)
        let symbols = request.symbols
        guard symbols.first == "", Set(symbols.map { Array($0.utf8) }).count == symbols.count else { return [] }
        let labels = { (references: [UInt32]) in
            stride(from: 0, to: references.count, by: 2).map {
                PlainLabel(symbols[Int(references[$0])], symbols[Int(references[$0 + 1])])
            }
        }
        return request.timeseries.map { series in
            var resolved = ResolvedSeries(
                labels: labels(series.labelsRefs), samples: series.samples.map { PlainSample($0.value, $0.timestamp) })
            resolved.starts = series.samples.map(\.startTimestamp)
            resolved.histograms = series.histograms
            resolved.exemplars = series.exemplars.map { labels($0.labelsRefs) }
            resolved.exemplarValues = series.exemplars.map(\.value)
            guard series.hasMetadata else { return resolved }
            resolved.type = series.metadata.type.rawValue
            resolved.help = symbols[Int(series.metadata.helpRef)]
            resolved.unit = symbols[Int(series.metadata.unitRef)]
            return resolved
        }
    }

    /// The texts that the series of a message refer to, each once.
    static func texts(_ series: [ResolvedSeries]) -> Set<[UInt8]> {
        var texts: Set<[UInt8]> = [[]]
        for series in series {
            for label in series.labels + series.exemplars.flatMap({ $0 }) {
                texts.formUnion([Array(label.name.utf8), Array(label.value.utf8)])
            }
            texts.formUnion([Array(series.help.utf8), Array(series.unit.utf8)])
        }
        return texts
    }
}

extension RandomPush {
    /// The push as a profile has it.
    func encoded(as profile: OutboundProfile) -> EncodedPush {
        encode(series, under: grouping, receiptTime: receiptTime, profile: profile)
    }

    /// The series that must become of it.
    var resolved: [ResolvedSeries] {
        message.timeseries.map { series in
            var resolved = ResolvedSeries(
                labels: series.labels.map { PlainLabel($0.name, $0.value) },
                samples: series.samples.map { PlainSample($0.value, $0.timestamp) })
            resolved.starts = series.samples.map { _ in 0 }
            return resolved
        }
    }
}
