/// What makes bytes no HTTP/1.1 request (RFC 9112).
enum RequestFlaw: Error, Equatable, CaseIterable {
    /// It does not begin with a token and a blank.
    case method
    /// What stands behind the target is no version of HTTP.
    case blankInTarget
    /// The version is neither 1.0 nor 1.1, or its line does not end with CRLF.
    case version
    /// The target has controls or is no UTF-8.
    case target
    /// A header is no `name: value` with CRLF behind it, or goes on in the next line.
    case header
    /// The head is larger than is read.
    case headTooLarge
    /// Content-Length is no number, or is there twice.
    case length
    /// Where the body ends is said in two ways, or in none that is known.
    case framing
    /// A chunk's size is no number, or something else than CRLF follows its bytes.
    case chunk
    /// The sender has closed his side within it.
    case cutShort
}

extension PushError {
    /// What the sender of a request is told that cannot be read.
    init(_ flaw: RequestFlaw) {
        self =
            switch flaw {
            case .headTooLarge: .headTooLarge
            case .cutShort: .bodyCutShort
            case .method: .malformedRequest("no method; this port speaks plain HTTP/1.1 and no TLS")
            case .version:
                .malformedRequest(
                    "no HTTP/1.1 and CRLF behind the request's path, which is all that this port speaks")
            case .blankInTarget:
                .malformedRequest("no HTTP/1.1 behind the request's path; a blank in the path is written %20")
            case .target: .malformedRequest("bad request target")
            case .header: .malformedRequest("bad header")
            case .length: .malformedRequest("bad Content-Length")
            case .framing:
                .malformedRequest(
                    "Transfer-Encoding is chunked or none, and not beside Content-Length; how a body is compressed is "
                        + "Content-Encoding")
            case .chunk: .malformedRequest("bad chunk")
            }
    }
}
