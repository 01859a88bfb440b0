/// What the receiver answers to a request.
public struct ReceiverAnswer: Sendable, Equatable {
    /// A header of the answer.
    public struct Header: Sendable, Equatable {
        /// The name.
        public var name: String
        /// The value.
        public var value: String

        /// A header of this name and value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The HTTP status.
    public var status: Int
    /// One line of plain text, without a line feed; empty for none.
    public var message: String
    /// Headers beside those that every answer has.
    public var headers: [Header]

    /// An answer.
    public init(_ status: Int, _ message: String = "", headers: [Header] = []) {
        self.status = status
        self.message = message
        self.headers = headers
    }
}
