import CFuzzer
import Glibc
import NIOCore

@testable import Ingest

/// What some bytes hold, in one line a request: however they are cut into pieces it is the same.
func read(_ bytes: [UInt8], by size: Int) -> (requests: [String], flaw: RequestFlaw?) {
    var decoder = RequestDecoder()
    var (unread, rest) = (ByteBuffer(), ByteBuffer(bytes: bytes))
    var requests: [String] = []
    while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
        unread.writeImmutableBuffer(piece)
        do throws(RequestFlaw) {
            while let part = try decoder.next(&unread) { add(part, to: &requests) }
        } catch {
            return (requests, error)
        }
        precondition(unread.readableBytes <= 66 << 10, "what is kept of a request is bounded")
    }
    return (requests, nil)
}

func add(_ part: RequestDecoder.Part, to requests: inout [String]) {
    switch part {
    case .head(let head):
        precondition(head.target.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f })
        precondition(head[.transferEncoding] == nil || head.contentLength == nil)
        let values = RequestHead.Field.allCases.map { head[$0] ?? "none" }
        requests.append("\(head.method) \(head.target) \(head.version) \(head.contentLength ?? -1) \(values) ")
    case .body(let bytes):
        precondition(bytes.readableBytes > 0)
        requests[requests.count - 1] +=
            "\(Array(bytes.readableBytesView))".filter { $0 != "[" && $0 != "]" && $0 != " " } + ","
    case .end: requests[requests.count - 1] += "end"
    }
}

func check(_ bytes: [UInt8]) {
    let whole = read(bytes, by: .max)
    for size in [1, 2, 3, 13] {
        let pieces = read(bytes, by: size)
        precondition(pieces.flaw == whole.flaw, "by \(size): \(String(describing: pieces.flaw))")
        precondition(pieces.requests.map { $0.filter { $0 != "," } } == whole.requests.map { $0.filter { $0 != "," } })
    }
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
let status = unsafe LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
    unsafe check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
exit(status)
