import CFuzzer
import Exposition
import Glibc
import Samples

/// Reads bytes as a body, and traps where what was promised of an accepted one, or of a refused one, does not hold.
func check(_ bytes: [UInt8], _ parser: inout ProtobufParser, _ batch: inout SampleBatch) {
    let first = read(bytes, &parser, &batch)
    // What was learned from one body must not change the next.
    var freshParser = ProtobufParser()
    var freshBatch = SampleBatch()
    precondition(first == read(bytes, &freshParser, &freshBatch))
    guard first.refusal == nil else {
        precondition(batch.series.isEmpty && batch.samples.isEmpty && batch.labels.isEmpty && batch.families.isEmpty)
        precondition(batch.details.isEmpty && batch.exemplars.isEmpty && batch.exemplarLabels.isEmpty)
        precondition(batch.histograms.isEmpty && batch.spans.isEmpty && batch.deltas.isEmpty && batch.counts.isEmpty)
        return
    }
    checkSize(batch, of: bytes)
    checkDetails(batch)
    // The canonical form asks for valid texts, and for names that differ.
    try? batch.canonicalize(under: Grouping(job: Array("fuzz".utf8)))
}

/// What a parser says of a body.
struct Result: Equatable {
    var refusal: ProtobufError?
    /// Names and labels with their values, and the bits of samples.
    var series: [[[UInt8]]] = []
    var values: [UInt64] = []
    var times: [Int64?] = []
}

func read(_ bytes: [UInt8], _ parser: inout ProtobufParser, _ batch: inout SampleBatch) -> Result {
    batch.removeAll()
    batch.arena.append(contentsOf: bytes)
    do {
        try parser.parse(&batch)
    } catch {
        precondition(!error.description.isEmpty)
        return Result(refusal: error)
    }
    func text(_ range: ByteRange) -> [UInt8] {
        let bytes = Array(batch.arena[range.indices])
        precondition(String(validating: bytes, as: UTF8.self) != nil, "texts are valid UTF-8")
        return bytes
    }
    var result = Result()
    for (index, series) in batch.series.enumerated() {
        precondition(series.name.count > 0 && series.samples == index..<index + 1, "a sample for each series")
        let labels = batch.labels[series.labels]
        result.series.append([text(series.name)] + labels.flatMap { [text($0.name), text($0.value)] })
        let names = Set(labels.map { batch.text($0.name) })
        precondition(names.count == labels.count && !names.contains("") && !names.contains("__name__"))
    }
    for family in batch.families { result.series.append([family.name, family.help, family.unit].map(text)) }
    precondition(Set(batch.families.map { text($0.name) }).count == batch.families.count, "a family is there once")
    result.values = batch.samples.map(\.value.bitPattern)
    result.times = batch.samples.map(\.timestamp)
    for sample in batch.samples where sample.value.isNaN {
        precondition([0x7ff8_0000_0000_0001, 0x7ff0_0000_0000_0002].contains(sample.value.bitPattern))
    }
    return result
}

/// What was counted before covers what is there now.
func checkSize(_ batch: SampleBatch, of bytes: [UInt8]) {
    var size = batch.arena.count - bytes.count
    size += batch.series.count * MemoryLayout<Series>.stride + batch.samples.count * MemoryLayout<Sample>.stride
    size += batch.labels.count * MemoryLayout<LabelRange>.stride + batch.families.count * MemoryLayout<Family>.stride
    size += batch.details.count * MemoryLayout<SampleDetails>.stride
    size += batch.exemplars.count * MemoryLayout<Exemplar>.stride
    size += batch.exemplarLabels.count * MemoryLayout<LabelRange>.stride
    size += batch.histograms.count * MemoryLayout<NativeHistogram>.stride
    size += batch.spans.count * MemoryLayout<NativeHistogram.Span>.stride
    size += (batch.deltas.count + batch.counts.count) * 8
    precondition(size <= ProtobufParser.largestSize(of: bytes.span), "largestSize is the largest")
}

func checkDetails(_ batch: SampleBatch) {
    var natives = 0
    for sample in batch.samples {
        guard let details = batch.details(of: sample) else { continue }
        for exemplar in batch.exemplars[details.exemplars] {
            let names = batch.exemplarLabels[exemplar.labels].map { Array(batch.arena[$0.name.indices]) }
            precondition(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
            precondition(batch.exemplarLabels[exemplar.labels].allSatisfy { $0.value.count > 0 })
        }
        guard case .native(let index) = details.kind else { continue }
        natives += 1
        check(batch.histograms[index], in: batch)
    }
    precondition(natives == batch.histograms.count, "a native histogram belongs to one sample")
}

func check(_ native: NativeHistogram, in batch: SampleBatch) {
    precondition(-4...8 ~= native.schema)
    var observed: UInt64 = 0
    for side in [native.negative, native.positive] {
        let spans = batch.spans[side.spans]
        precondition(spans.reduce(0) { $0 + Int($1.length) } == side.values.count)
        precondition(spans.allSatisfy { $0.length > 0 } && spans.dropFirst().allSatisfy { $0.offset > 0 })
        var count: Int64 = 0
        guard case .integer = native.count else { continue }
        for delta in batch.deltas[side.values] {
            count += delta
            precondition(count > 0)
            observed += UInt64(count)
        }
    }
    guard case .integer(let count) = native.count, case .integer(let zero) = native.zeroCount else { return }
    precondition(native.sum.isNaN ? observed + zero <= count : observed + zero == count)
}

var parser = ProtobufParser()
var batch = SampleBatch()
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    MainActor.assumeIsolated { unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)), &parser, &batch) }
    return 0
}
exit(status)
