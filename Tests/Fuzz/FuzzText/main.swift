import CFuzzer
import Exposition
import Glibc
import RemoteWrite
import Samples

/// Reads bytes as a body, and traps where what was promised of an accepted one does not hold.
///
/// The reading side of remote write, which shares no code with the encoder, judges what would be sent: labels sorted,
/// unique and not empty, names present, samples in the order of time, valid UTF-8.
func check(_ bytes: [UInt8], _ tools: inout Tools) {
    let first = tools.read(bytes)
    // What was learned from one body must not change the next.
    var fresh = Tools()
    let again = fresh.read(bytes)
    precondition(first == again)
    guard case .accepted(let request) = first, !request.isEmpty else { return }
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
    var parser = TextParser()
    var encoder = WriteRequestEncoder()
    var push = EncodedPush()
    let grouping = Grouping(
        job: Array("fuzz".utf8), labels: [.init(name: Array("a".utf8), value: []), .init(name: [0x7a], value: [0x31])])

    mutating func read(_ bytes: [UInt8]) -> Result {
        batch.removeAll()
        batch.arena.append(contentsOf: bytes)
        do {
            try parser.parse(&batch, canonicalBuckets: true)
            try batch.canonicalize(under: grouping)
            try batch.arrange(receiptTime: Self.receiptTime)
        } catch {
            return .refused("\(error)")
        }
        guard !batch.series.isEmpty else { return .accepted([]) }
        encoder.encode(batch, grouping: grouping, receiptTime: Self.receiptTime, into: &push)
        return .accepted(push.bytes)
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
