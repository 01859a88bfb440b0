public import Settings

/// How a server is spoken to, and the file that says so, where there is one: it may change.
public struct FetchClient: Sendable {
    /// A file that says it all.
    public struct Source: Sendable {
        /// Its path.
        public let file: String
        /// What its bytes say; where they cannot be used, the error is one line for the operator.
        public let read: @Sendable ([UInt8]) throws -> ScrapeClient

        /// A file, and who reads it.
        public init(file: String, read: @escaping @Sendable ([UInt8]) throws -> ScrapeClient) {
            self.file = file
            self.read = read
        }
    }

    /// How it is spoken to at the start.
    public var settings: ScrapeClient
    /// What may change that; nil: nothing but the files that it names.
    public var source: Source?

    /// As these settings have it.
    public init(_ settings: ScrapeClient) { self.settings = settings }
}
