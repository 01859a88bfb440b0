import NIOCore
import Testing

@testable import Ingest

extension RequestHead {
    /// The head of a push with these headers, as it is read.
    static func reading(_ headers: [(String, String)], version: String = "1.1") throws -> RequestHead {
        let lines = headers.map { "\($0): \($1)\r\n" }.joined()
        var bytes = ByteBuffer(string: "POST /metrics/job/j HTTP/\(version)\r\n\(lines)\r\n")
        var decoder = RequestDecoder()
        guard case .head(let head) = try decoder.next(&bytes) else { throw RequestFlaw.cutShort }
        return head
    }
}
