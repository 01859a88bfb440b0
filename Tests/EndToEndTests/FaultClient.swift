/// A pusher's connection, which stays open from request to request and is made anew when it has ended.
struct FaultClient {
    private let port: Int
    private var reader: FaultReader?

    init(port: Int) { self.port = port }

    /// Sends a request and waits for its answer; nil where there is nobody or none came.
    mutating func ask(_ start: String, headers: String = "", body: String = "") -> FaultMessage? {
        var connected = reader
        if connected == nil { connected = FaultSocket.connected(to: port).map(FaultReader.init) }
        reader = nil
        guard var connected else { return nil }
        let message = """
            \(start) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)
            """
        guard connected.socket.write(Array(message.utf8)), let answer = connected.next() else { return nil }
        if answer.header("Connection") != "close" { reader = connected }
        return answer
    }
}
