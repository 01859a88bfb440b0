import Fixtures
import RemoteWriteProtos
import Samples
import SwiftProtobuf

/// A push of random series: runs of the same label names, long and short texts, odd numbers.
struct RandomPush {
    var series: [PlainSeries] = []
    var grouping: Grouping
    var receiptTime: Int64

    init(using random: inout SplitMix) {
        let groupingLabels = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            PlainLabel(Self.name(using: &random), Bool.random(using: &random) ? "" : Self.text(using: &random))
        }
        grouping = Grouping(Self.text(using: &random), groupingLabels)
        receiptTime = Int64.random(in: 0...2_000_000_000_000, using: &random)
        let taken = Set(grouping.labels.map { String(decoding: $0.name, as: UTF8.self) })
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let names = Set((0..<Int.random(in: 0...7, using: &random)).map { _ in Self.name(using: &random) })
            for _ in 0..<Int.random(in: 1...12, using: &random) {
                series.append(
                    PlainSeries(
                        name: Self.name(using: &random),
                        labels: names.subtracting(taken).map { PlainLabel($0, Self.text(using: &random)) },
                        samples: Self.samples(using: &random)))
            }
        }
        if Bool.random(using: &random) { series.shuffle(using: &random) }
    }

    /// The message that must become of it.
    var message: Prometheus_WriteRequest {
        let fixed = grouping.labels.filter { !$0.value.isEmpty }.map {
            PlainLabel(String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
        }
        var message = Prometheus_WriteRequest()
        message.timeseries = series.map { series in
            var timeseries = Prometheus_TimeSeries()
            let labels = series.labels + fixed + [PlainLabel("__name__", series.name)]
            timeseries.labels = labels.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }.map { label in
                .with {
                    $0.name = label.name
                    $0.value = label.value
                }
            }
            timeseries.samples = series.samples.map { sample in
                .with {
                    $0.value = sample.value
                    $0.timestamp = sample.timestamp ?? receiptTime
                }
            }
            return timeseries
        }
        return message
    }

    private static func name(using random: inout SplitMix) -> String {
        let known = ["a", "A", "le", "code", "zone", "instance", "_", "__", "handler_of_requests", "méthode", "日本語"]
        guard Int.random(in: 0..<10, using: &random) == 0 else { return known.randomElement(using: &random) ?? "" }
        return text(using: &random)
    }

    private static func text(using random: inout SplitMix) -> String {
        let lengths = [1...4, 1...4, 5...20, 5...20, 60...70, 115...135, 250...260, 16_300...16_400]
        let kind = Int.random(in: 0..<64, using: &random)
        let length = Int.random(in: lengths[kind < 8 ? kind : kind % 4], using: &random)
        let alphabet: [Character] = ["a", "b", "0", "/", "é", "\"", "\n", "\\", "🦉"]
        return String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "a" })
    }

    private static func samples(using random: inout SplitMix) -> [PlainSample] {
        let values = [
            0, -0.0, 1, 1.5, .infinity, -.infinity, .leastNonzeroMagnitude, Double(bitPattern: 0x7ff8_0000_0000_0001),
            Double(bitPattern: 0x7ff0_0000_0000_0002),
        ]
        let value = { (random: inout SplitMix) in values.randomElement(using: &random) ?? 0 }
        if Bool.random(using: &random) { return [PlainSample(value(&random), nil)] }
        let starts: [Int64] = [.min, -1_000_000, -1, 0, 127, 128, 1_700_000_000_000, .max - 1000]
        var time = starts.randomElement(using: &random) ?? 0
        let count = Int.random(in: 0..<20, using: &random) == 0 ? 900 : Int.random(in: 1...3, using: &random)
        return (0..<count).map { _ in
            defer { time += 1 }
            return PlainSample(value(&random), time)
        }
    }
}
