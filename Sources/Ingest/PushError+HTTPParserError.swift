import NIOHTTP1

extension PushError {
    /// What the sender of a request that NIO cannot read is told.
    init(_ error: HTTPParserError) {
        switch error {
        case .headerOverflow: self = .headTooLarge
        case .invalidEOFState, .closedConnection: self = .bodyCutShort
        case .invalidMethod: self = .malformedRequest("unknown method; this port speaks plain HTTP/1.1 and no TLS")
        case .invalidVersion:
            self = .malformedRequest(
                "no HTTP/1.1 and CRLF behind the request's path, which is all that this port speaks")
        // What follows the first blank of the request line's end is to be HTTP/1.1.
        case .invalidConstant:
            self = .malformedRequest("no HTTP/1.1 behind the request's path; a blank in the path is written %20")
        case .invalidContentLength, .unexpectedContentLength: self = .malformedRequest("bad Content-Length")
        case .invalidChunkSize: self = .malformedRequest("bad chunk size")
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
            self = .malformedRequest("bad request target")
        case .invalidHeaderToken: self = .malformedRequest("bad header")
        default:
            self = .malformedRequest("its headers break the rules, as Transfer-Encoding beside Content-Length does")
        }
    }
}
