/// A GET that is to be made.
public struct FetchRequest: Sendable, Equatable {
    /// Where to: `http` or `https`.
    public var url: String
    /// With whose credentials and trust: an index of the clients that the fetcher knows.
    public var client: Int
    /// Further headers, as lines.
    public var lines: [String]
    /// How long it may take.
    public var timeout: Duration
    /// The most bytes of a body; of a stream, of what has not been taken yet.
    public var bodyLimit: Int
    /// Whether the body is told as it comes, and not at the end.
    public var isStream: Bool

    /// A request.
    public init(url: String, client: Int, lines: [String] = [], timeout: Duration, bodyLimit: Int) {
        self.url = url
        self.client = client
        self.lines = lines
        self.timeout = timeout
        self.bodyLimit = bodyLimit
        isStream = false
    }
}
