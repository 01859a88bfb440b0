import Foundation

/// The samples that one of the two sides has of a row's pushes, in one form for both.
struct Stored {
    /// What was pushed, as `name{labels} value`, and ` timestamp` where it is not the time of receipt; sorted.
    private(set) var samples: [String] = []
    /// The labels and values of `push_time_seconds`.
    private(set) var pushTimes: [String: Double] = [:]
    /// The labels and values of `push_failure_time_seconds`, which only a Pushgateway makes.
    private(set) var failureTimes: [String: Double] = [:]

    /// Reads the pushed samples off a Pushgateway's page; its own have no job.
    init(page: String) {
        for line in page.split(separator: "\n") where !line.hasPrefix("#") && line.contains(/[{,]job="/) {
            let (series, value) = Self.cut(line)
            let labels = Self.withoutInstance(series)
            if labels.hasPrefix("push_failure_time_seconds{") {
                failureTimes[String(labels.drop { $0 != "{" })] = Double(value)
            } else {
                add(labels, value, at: nil)
            }
        }
        samples.sort()
    }

    /// Reads the lines of our receiver; a timestamp of this hour is a time of receipt.
    init(received lines: some Sequence<Substring>) {
        let now = Date().timeIntervalSince1970 * 1_000
        for line in lines where !line.hasPrefix("#") {
            let (sample, timestamp) = Self.cut(line)
            let (series, value) = Self.cut(sample[...])
            let isReceipt = abs((Double(timestamp) ?? 0) - now) < 3_600_000
            add(series, value, at: isReceipt ? nil : timestamp)
        }
        samples.sort()
    }

    private mutating func add(_ series: String, _ text: String, at timestamp: String?) {
        let value = Double(text) ?? .nan
        if series.hasPrefix("push_time_seconds{") {
            pushTimes[String(series.drop { $0 != "{" })] = value
        } else {
            samples.append("\(series) \(Self.text(value))" + (timestamp.map { " " + $0 } ?? ""))
        }
    }

    /// A number in one spelling.
    private static func text(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// What stands before the last blank and behind it.
    private static func cut(_ line: Substring) -> (String, String) {
        let blank = line.lastIndex(of: " ") ?? line.startIndex
        return (String(line[..<blank]), String(line[blank...].dropFirst()))
    }

    /// The series without the empty `instance` that a Pushgateway adds.
    private static func withoutInstance(_ series: String) -> String {
        series.replacing("instance=\"\",", with: "").replacing(",instance=\"\"}", with: "}")
    }
}
