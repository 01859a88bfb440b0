/// What became of a request.
public enum FetchAnswer: Sendable, Equatable {
    /// An answer came, whole.
    case answered(FetchResponse)
    /// None came; the sentence is for the operator and holds no secret.
    case failed(FetchFailure, String)
}

/// An answer as it came.
public struct FetchResponse: Sendable, Equatable {
    /// The status.
    public var status: Int
    /// `Content-Type`.
    public var contentType: String?
    /// `Content-Encoding`.
    public var contentEncoding: String?
    /// The body; of a stream, what has not been told yet.
    public var body: [UInt8]

    /// An answer.
    public init(status: Int, contentType: String? = nil, contentEncoding: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.contentEncoding = contentEncoding
        self.body = body
    }
}

/// Why no answer came.
public enum FetchFailure: String, Sendable {
    /// No connection, or one that broke off before the answer was whole.
    case unreachable
    /// It took too long.
    case timeout
    /// The body was larger than it may be, or than there was room for.
    case bodySize = "body_size"
    /// The credentials or certificates cannot be used.
    case credentials
}
