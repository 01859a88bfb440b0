import CFuzzer
import Exposition
import Glibc
import RemoteWrite
import Samples

/// Reads bytes as OpenMetrics, and traps where what was promised of an accepted body does not hold.
///
/// The reading side of remote write, which shares no code with the encoder, judges what would be sent.
func check(_ bytes: [UInt8], _ tools: inout Tools) {
    let first = tools.read(bytes)
    // What was learned from one body must not change the next.
    var fresh = Tools()
    let again = fresh.read(bytes)
    precondition(first == again)
    guard case .accepted(let request) = first else { return }
    // The line feed behind `# EOF` means nothing.
    if bytes.last == 0x0a { precondition(tools.read(Array(bytes.dropLast())) == first) }
    guard !request.isEmpty else { return }
    do {
        let series = try WriteRequestReader.read(request, version: .v1)
        precondition(!series.isEmpty)
    } catch {
        preconditionFailure("refused by a receiver: \(error)")
    }
}

/// What a pipeline keeps from push to push.
struct Tools {
    enum Result: Equatable {
        case accepted([UInt8])
        case refused(String)
    }

    private static let receiptTime: Int64 = 1_700_000_000_000

    var batch = SampleBatch()
    var parser = OpenMetricsParser()
    var encoder = WriteRequestEncoder()
    var push = EncodedPush()
    let grouping = Grouping(
        job: Array("fuzz".utf8), labels: [.init(name: Array("a".utf8), value: []), .init(name: [0x7a], value: [0x31])])

    mutating func read(_ bytes: [UInt8]) -> Result {
        batch.removeAll()
        batch.arena.append(contentsOf: bytes)
        do {
            try parser.parse(&batch, canonicalBuckets: true)
            checkDetails()
            try batch.canonicalize(under: grouping)
            try batch.arrange(receiptTime: Self.receiptTime)
        } catch {
            return .refused("\(error)")
        }
        guard !batch.series.isEmpty else { return .accepted([]) }
        encoder.encode(batch, grouping: grouping, receiptTime: Self.receiptTime, into: &push)
        return .accepted(push.bytes)
    }

    /// Exemplars, start times and families are whole, and every text is UTF-8.
    private func checkDetails() {
        for sample in batch.samples {
            guard let details = batch.details(of: sample) else { continue }
            precondition(details.startTimestamp >= 0 && details.exemplars.upperBound <= batch.exemplars.count)
            precondition(details.kind != .created || details.startTimestamp == 0)
        }
        for exemplar in batch.exemplars {
            let names = batch.exemplarLabels[exemplar.labels].map { Array(batch.arena[$0.name.indices]) }
            for (name, next) in zip(names, names.dropFirst()) { precondition(name.lexicographicallyPrecedes(next)) }
            precondition(batch.exemplarLabels[exemplar.labels].allSatisfy { $0.value.count > 0 })
        }
        let labels = batch.labels + batch.exemplarLabels
        let texts = labels.flatMap { [$0.name, $0.value] } + batch.families.flatMap { [$0.name, $0.help, $0.unit] }
        for text in texts {
            precondition(String(validating: batch.arena[text.indices], as: UTF8.self) != nil)
        }
        let names = batch.families.map { Array(batch.arena[$0.name.indices]) }
        precondition(Set(names).count == names.count)
    }
}

var tools = Tools()
var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    MainActor.assumeIsolated { unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)), &tools) }
    return 0
}
exit(status)
