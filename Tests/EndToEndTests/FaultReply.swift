/// What a destination does with a request, once it has read it.
struct FaultReply: Sendable {
    enum Answer: Sendable {
        case status(Int, headers: [String], body: String)
        /// The head of a 204, cut off in the middle.
        case half
        /// Something that is not HTTP.
        case garbage
        /// Nothing, and the connection ends.
        case close
        /// Nothing, and the connection is reset.
        case reset
        /// Nothing, until the other side gives up.
        case stall
        /// 200, with a body that does not come.
        case endless
    }

    /// What becomes of the connection after an answer, without a word about it.
    enum Afterwards: Sendable {
        case kept
        case closed
        case reset
        /// It stays as it is until the next request has begun to arrive on it, and is reset then.
        case resetByNext
    }

    var answer: Answer
    /// How long the answer takes.
    var delay = Duration.zero
    /// Whether the samples are kept, before the answer.
    var stores = false
    var afterwards = Afterwards.kept

    /// Stored, and said so.
    static let stored = FaultReply(answer: .status(204, headers: [], body: ""), stores: true)

    /// Stored, and said so after this time.
    static func stored(after delay: Duration) -> FaultReply {
        var reply = stored
        reply.delay = delay
        return reply
    }

    /// Stored and said so; then this becomes of the connection.
    static func stored(then afterwards: Afterwards) -> FaultReply {
        var reply = stored
        reply.afterwards = afterwards
        return reply
    }

    /// Not stored, and said so.
    static func status(_ status: Int, _ body: String = "", headers: String...) -> FaultReply {
        FaultReply(answer: .status(status, headers: headers, body: body))
    }

    /// Not answered as it should be.
    static func failed(_ answer: Answer, stores: Bool = false) -> FaultReply {
        FaultReply(answer: answer, stores: stores)
    }
}
