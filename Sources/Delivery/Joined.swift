import RemoteWrite

/// Pushes as one message: in version 1 one behind the other, in version 2 with symbols that they share.
struct Joined: Sendable {
    /// The message.
    var bytes: [UInt8]
    /// Where its symbols end and the first push begins.
    var head = 0
    /// Where each push ends.
    var ends: [Int]

    /// Joins messages that stand one behind the other; one alone stays as it is.
    init(_ messages: [UInt8], ends: [Int], _ version: RemoteWriteVersion) {
        bytes = messages
        self.ends = ends
        guard version == .v2 else { return }
        guard ends.count > 1 else {
            head = EncodedPlace(version: version, in: messages.span).head
            return
        }
        var joiner = MessageJoiner()
        var start = 0
        for end in ends {
            joiner.append(EncodedPlace(version: version, in: messages.span, from: start..<end), of: messages.span)
            start = end
        }
        (bytes, head, self.ends) = joiner.finish()
    }
}
