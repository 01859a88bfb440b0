import CFuzzer
import Glibc
import Samples

// Brings random series into the one form in which they are compared (contract G9, B5, B6, B13), and traps where a plain
// reading of these rules comes to something else.

/// What becomes of a series: its labels in order, its samples in order; equal series are one.
struct Plain: Equatable {
    var labels: [[UInt8]]
    var values: [Double]
}

/// Reads numbers off a fuzzer's bytes; zeros behind their end.
struct Source {
    var bytes: ArraySlice<UInt8>

    mutating func next(below limit: Int) -> Int { Int(bytes.popFirst() ?? 0) % limit }

    /// A short text of few letters, so that texts meet again.
    mutating func text(longest: Int) -> [UInt8] {
        (0..<next(below: longest + 1)).map { _ in UInt8(ascii: "_") + UInt8(next(below: 4)) }
    }
}

/// A line of a body: labels differ by name, as every parser sees to.
struct Line {
    var name: [UInt8]
    var labels: [(name: [UInt8], value: [UInt8])] = []
    var value: Double
    var timestamp: Int64?

    init(_ source: inout Source, number: Int) {
        name = [UInt8(ascii: "m")] + source.text(longest: 1)
        value = Double(number)
        timestamp = source.next(below: 3) == 0 ? Int64(source.next(below: 3)) : nil
        for _ in 0..<source.next(below: source.next(below: 8) == 0 ? 40 : 5) {
            let (name, value) = (source.text(longest: 3), source.text(longest: 20))
            if !name.isEmpty, !labels.contains(where: { $0.name == name }) { labels.append((name, value)) }
        }
    }
}

func check(_ bytes: [UInt8]) {
    var source = Source(bytes: bytes[...])
    let others = (0..<source.next(below: 3)).map { _ in
        Grouping.Label(name: [UInt8(ascii: "a")] + source.text(longest: 1), value: source.text(longest: 1))
    }
    let grouping = Grouping(job: source.text(longest: 2) + [UInt8(ascii: "j")], labels: others)
    let lines = (0..<source.next(below: 60)).map { Line(&source, number: $0) }
    var batch = SampleBatch()
    for line in lines { batch.add(line) }
    let expected = plain(lines, under: grouping)
    do throws(BatchError) {
        try batch.canonicalize(under: grouping)
        precondition(expected == batch.plain, "\(batch.plain) instead of \(expected ?? [])")
    } catch {
        precondition(expected == nil, "refused: \(error)")
    }
}

/// The series that lines become; nil where they are to be refused.
func plain(_ lines: [Line], under grouping: Grouping) -> [Plain]? {
    var order: [[[UInt8]]] = []
    var found: [[[UInt8]]: [(value: Double, timestamp: Int64?)]] = [:]
    for line in lines {
        guard !line.labels.contains(where: { $0.name.starts(with: [UInt8](repeating: UInt8(ascii: "_"), count: 2)) })
        else { return nil }
        let kept = line.labels.filter { label in
            !label.value.isEmpty && !grouping.labels.contains { $0.name == label.name }
        }
        let sorted = kept.sorted { $0.name.lexicographicallyPrecedes($1.name) }
        let key = [line.name] + sorted.flatMap { [$0.name, $0.value] }
        if found[key] == nil { order.append(key) }
        if found[key]?.contains(where: { $0.timestamp == line.timestamp }) ?? false { return nil }
        found[key, default: []].append((line.value, line.timestamp))
    }
    return order.map { key in
        let samples = (found[key] ?? []).sorted { ($0.timestamp ?? .max) < ($1.timestamp ?? .max) }
        return Plain(labels: key, values: samples.map(\.value))
    }
}

extension SampleBatch {
    mutating func add(_ line: Line) {
        let first = labels.count
        for label in line.labels { labels.append(LabelRange(name: put(label.name), value: put(label.value))) }
        series.append(
            Series(name: put(line.name), labels: first..<labels.count, samples: samples.count..<samples.count + 1))
        samples.append(Sample(value: line.value, timestamp: line.timestamp))
    }

    private mutating func put(_ text: [UInt8]) -> ByteRange {
        arena += text
        return ByteRange(offset: arena.count - text.count, count: text.count)
    }

    var plain: [Plain] {
        series.map { one in
            let texts = labels[one.labels].flatMap { [Array(arena[$0.name.indices]), Array(arena[$0.value.indices])] }
            return Plain(labels: [Array(arena[one.name.indices])] + texts, values: samples[one.samples].map(\.value))
        }
    }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
exit(status)
