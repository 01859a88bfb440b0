import RemoteWrite
import Samples

/// A series as a test writes it down.
struct PlainSeries: Equatable, Sendable {
    var name: String
    var labels: [PlainLabel] = []
    var samples: [PlainSample]
}

/// A label as a test writes it down.
struct PlainLabel: Equatable, Sendable {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A sample as a test writes it down; equal where the bits are.
struct PlainSample: Equatable, Sendable {
    var value: Double
    var timestamp: Int64?

    init(_ value: Double, _ timestamp: Int64?) {
        self.value = value
        self.timestamp = timestamp
    }

    static func == (left: Self, right: Self) -> Bool {
        left.value.bitPattern == right.value.bitPattern && left.timestamp == right.timestamp
    }
}

extension SampleBatch {
    /// A canonical batch of these series; their labels are sorted here.
    init(_ plain: [PlainSeries]) {
        self.init()
        for series in plain {
            let name = add(series.name)
            let firstLabel = labels.count
            let firstSample = samples.count
            for label in series.labels.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                labels.append(LabelRange(name: add(label.name), value: add(label.value)))
            }
            for sample in series.samples {
                samples.append(Sample(value: sample.value, timestamp: sample.timestamp))
            }
            self.series.append(
                Series(name: name, labels: firstLabel..<labels.count, samples: firstSample..<samples.count))
        }
    }

    private mutating func add(_ text: String) -> ByteRange {
        let range = ByteRange(offset: arena.count, count: text.utf8.count)
        arena += Array(text.utf8)
        return range
    }
}

extension Grouping {
    /// The grouping of a job and other labels.
    init(_ job: String, _ labels: [PlainLabel] = []) {
        self.init(
            job: Array(job.utf8), labels: labels.map { Label(name: Array($0.name.utf8), value: Array($0.value.utf8)) })
    }
}

/// The message of these series, encoded.
func encode(
    _ series: [PlainSeries], under grouping: Grouping = Grouping(""), receiptTime: Int64 = 1_700_000_000_000,
    profile: OutboundProfile = OutboundProfile()
) -> EncodedPush {
    var push = EncodedPush()
    var encoder = WriteRequestEncoder(profile)
    encoder.encode(SampleBatch(series), grouping: grouping, receiptTime: receiptTime, into: &push)
    return push
}

extension [UInt8] {
    /// The bytes that a text of hexadecimal digits says.
    init(hex: String) {
        self = stride(from: 0, to: hex.utf8.count, by: 2).map { offset in
            UInt8(hex.dropFirst(offset).prefix(2), radix: 16) ?? 0
        }
    }

    var hex: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}
