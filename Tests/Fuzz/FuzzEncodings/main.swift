import CFuzzer
import Glibc

@testable import Compression

/// Reads bytes as a body of each coding, and traps where what was promised of it does not hold (contract B2, L1).
func check(_ bytes: [UInt8], _ kept: inout Decompressor) {
    for coding in codings {
        let result = read(bytes, coding, limit: cap, by: &kept)
        // What was read from one body must not change the next.
        var fresh = Decompressor()
        precondition(read(bytes, coding, limit: cap, by: &fresh) == result)
        switch result {
        case .refused(let error):
            if case .tooLarge(let limit) = error { precondition(limit == cap) }
            precondition(error != .outOfMemory)
        case .accepted(let output):
            check(output, from: bytes, coding, &kept)
        }
    }
}

/// An accepted body fills its limit or passes it, and is read again when it is written again.
func check(_ output: [UInt8], from bytes: [UInt8], _ coding: ContentCoding, _ kept: inout Decompressor) {
    precondition(read(bytes, coding, limit: output.count, by: &kept) == .accepted(output))
    if !output.isEmpty {
        let less = output.count - 1
        precondition(read(bytes, coding, limit: less, by: &kept) == .refused(.tooLarge(limit: less)))
    }
    // As the next stage of a list.
    for inner in codings { _ = read(output, inner, limit: cap, by: &kept) }
    guard coding == .snappy else { return }
    precondition(read(block(output), coding, limit: output.count, by: &kept) == .accepted(output))
    precondition(read(framed(output), coding, limit: output.count, by: &kept) == .accepted(output))
}

enum Result: Equatable {
    case accepted([UInt8])
    case refused(CompressionError)
}

func read(_ bytes: [UInt8], _ coding: ContentCoding, limit: Int, by decompressor: inout Decompressor) -> Result {
    if let promise = Decompressor.promisedSize(of: bytes.span, coding) { precondition(promise >= 0) }
    var output = before
    do throws(CompressionError) {
        try decompressor.decompress(bytes.span, coding, into: &output, limit: limit)
    } catch {
        // One byte more tells what fills a limit from what passes it.
        precondition(output.count <= before.count + limit + 1 && output.starts(with: before))
        return .refused(error)
    }
    precondition(output.count <= before.count + limit && output.starts(with: before))
    return .accepted(Array(output.dropFirst(before.count)))
}

func block(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    Snappy.compress(bytes.span, into: &output)
    return output
}

/// A snappy stream, its chunks compressed and not by turns.
func framed(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 10_000).reduce(into: [0xff, 6, 0, 0] + Array("sNaPpY".utf8)) { stream, start in
        let data = Array(bytes[start..<min(start + 10_000, bytes.count)])
        let isCompressed = start % 20_000 == 0
        let chunk = little(Int(CRC32C.masked(data.span)), 4) + (isCompressed ? block(data) : data)
        stream += [isCompressed ? 0 : 1] + little(chunk.count, 3) + chunk
    }
}

func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

let codings: [ContentCoding] = [.gzip, .deflate, .snappy, .zstd]
let cap = 100_000
let before: [UInt8] = [1, 2, 3]
var kept = Decompressor()

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    MainActor.assumeIsolated { unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)), &kept) }
    return 0
}
exit(status)
