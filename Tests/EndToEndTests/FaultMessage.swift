/// A request or an answer of HTTP/1.1, with the length of its body in its head.
struct FaultMessage: Sendable {
    /// The first line.
    var start: Substring = ""
    var headers: [Substring] = []
    var body: [UInt8] = []
    /// When its first byte was there.
    var began = ContinuousClock.now

    func header(_ name: String) -> String? {
        let prefix = name.lowercased() + ":"
        guard let line = headers.first(where: { $0.lowercased().hasPrefix(prefix) }) else { return nil }
        return String(line.dropFirst(prefix.count).drop { $0 == " " })
    }

    /// The second word of the first line: the status of an answer.
    var status: Int { start.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0 }
}

/// Reads the messages of a connection, one after the other.
struct FaultReader {
    let socket: FaultSocket
    /// How much is read at a time, and how long it takes until the next: for who reads slowly.
    var pace: (bytes: Int, pause: Duration)?
    private var buffer: [UInt8] = []

    init(_ socket: FaultSocket) { self.socket = socket }

    /// Waits for something to read, which stays to be read.
    ///
    /// - Returns: whether there is something; nothing comes any more after false.
    mutating func wait() -> Bool { !buffer.isEmpty || fill() }

    /// The next message; nil where the connection ends before it does, or no HTTP is spoken.
    mutating func next() -> FaultMessage? {
        // A head begins with a method or with "HTTP"; whatever else speaks may never send the end of one.
        guard wait(), let first = buffer.first, (65...90).contains(first) else { return nil }
        var message = FaultMessage()
        var end = 0
        while !endsHead(at: end) {
            end += 1
            if end > buffer.count {
                guard buffer.count < 65_536, fill() else { return nil }
            }
        }
        let lines = String(decoding: buffer[..<(end - 4)], as: UTF8.self).split(separator: "\r\n")
        guard let start = lines.first, start.contains("HTTP/1.1") else { return nil }
        message.start = start
        message.headers = Array(lines.dropFirst())
        let length = message.header("Content-Length").flatMap { Int($0) } ?? 0
        while buffer.count < end + length {
            guard fill() else { return nil }
        }
        message.body = Array(buffer[end..<(end + length)])
        buffer.removeFirst(end + length)
        return message
    }

    private func endsHead(at end: Int) -> Bool {
        end >= 4 && end <= buffer.count && buffer[end - 1] == 10 && buffer[end - 2] == 13 && buffer[end - 3] == 10
            && buffer[end - 4] == 13
    }

    private mutating func fill() -> Bool {
        if let pace { FaultClock.sleep(pace.pause) }
        let bytes = socket.read(upTo: pace?.bytes ?? 65_536)
        buffer += bytes
        return !bytes.isEmpty
    }
}
