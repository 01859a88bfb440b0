import Foundation
import Synchronization

/// A remote-write destination that does as it is told, and remembers what it got.
///
/// It listens on a port of the loopback interface, with a thread a connection.
final class FaultyDestination: Sendable {
    /// What it does with a request; called by several threads at a time.
    typealias Behaviour = @Sendable (FaultRequest) -> FaultReply

    private struct State {
        var behaviour: Behaviour
        var listener: FaultSocket?
        var connections: [ObjectIdentifier: FaultSocket] = [:]
        var received = 0
        var record: FaultRecord
        var pace: (bytes: Int, pause: Duration)?
    }

    let port: Int
    private let state: Mutex<State>

    var url: String { "http://127.0.0.1:\(port)/api/v1/write" }

    init(keepingRequests: Bool = true, _ behaviour: @escaping Behaviour = { _ in .stored }) throws {
        port = try FaultSocket.freePort()
        state = Mutex(State(behaviour: behaviour, record: FaultRecord(keepingRequests: keepingRequests)))
        try open()
    }

    deinit { close() }

    /// From now on it does this with requests.
    func behave(_ behaviour: @escaping Behaviour) { state.withLock { $0.behaviour = behaviour } }

    /// From now on new connections are read so many bytes at a time, with a pause before each.
    func read(_ bytes: Int, every pause: Duration) { state.withLock { $0.pace = (bytes, pause) } }

    /// Takes connections, again.
    func open() throws {
        var listener = FaultSocket.listening(on: port)
        for _ in 0..<1_000 where listener == nil {
            // The one before may not be quite gone.
            usleep(5_000)
            listener = FaultSocket.listening(on: port)
        }
        guard let listener else { throw TimedOut(description: "port \(port) is taken") }
        state.withLock { $0.listener = listener }
        Thread.detachNewThread { [weak self] in
            while let connection = listener.accepted() { self?.begin(connection) }
            listener.close()
        }
    }

    /// Refuses connections and ends those that there are, as a program does that is killed.
    func close() {
        state.withLock { state in
            state.listener?.interrupt()
            state.listener = nil
            for connection in state.connections.values { connection.interrupt() }
        }
    }

    // MARK: - What it got

    var record: FaultRecord { state.withLock { $0.record } }
    var storedCount: Int { state.withLock { $0.record.count } }
    var requestCount: Int { state.withLock { $0.record.requestCount } }
    func holds(_ sequence: Int) -> Bool { state.withLock { $0.record.holds(sequence) } }

    // MARK: - Connections

    private func begin(_ connection: FaultSocket) {
        let isOpen = state.withLock { state in
            guard state.listener != nil else { return false }
            state.connections[ObjectIdentifier(connection)] = connection
            return true
        }
        guard isOpen else { return connection.reset() }
        Thread.detachNewThread {
            self.serve(connection)
            self.state.withLock { _ = $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
            connection.close()
        }
    }

    private func serve(_ connection: FaultSocket) {
        var reader = FaultReader(connection)
        reader.pace = state.withLock { $0.pace }
        while let message = reader.next() {
            let (number, behaviour) = state.withLock { state in
                defer { state.received += 1 }
                return (state.received, state.behaviour)
            }
            guard let request = FaultRequest(message, number: number) else {
                return state.withLock { $0.record.complain("no remote write: \(message.start) \(message.headers)") }
            }
            let reply = behaviour(request)
            FaultClock.sleep(reply.delay)
            note(request, reply)
            guard give(reply, on: connection, &reader) else { return }
        }
        // Who speaks TLS, or anything else, is answered by somebody who speaks HTTP.
        connection.write(Array("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".utf8))
    }

    private func note(_ request: FaultRequest, _ reply: FaultReply) {
        var request = request
        request.ended = .now
        if case .status(let status, _, _) = reply.answer { request.status = status }
        state.withLock { state in
            if reply.stores { state.record.store(request) }
            state.record.answered(request)
        }
    }

    /// Answers, or does not.
    ///
    /// - Returns: whether the connection goes on.
    private func give(_ reply: FaultReply, on connection: FaultSocket, _ reader: inout FaultReader) -> Bool {
        switch reply.answer {
        case .status(let status, let headers, let body):
            let head = ["HTTP/1.1 \(status) Said", "Content-Length: \(body.utf8.count)"] + headers
            connection.write(Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
        case .half:
            connection.write(Array("HTTP/1.1 204 No Con".utf8))
            return false
        case .garbage:
            connection.write(Array("220 mail.example.org ready\r\n".utf8))
            return false
        case .close:
            return false
        case .reset:
            connection.reset()
            return false
        case .endless:
            connection.write(Array("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nwait".utf8))
            _ = reader.wait()
            return false
        case .stall:
            _ = reader.wait()
            return false
        }
        switch reply.afterwards {
        case .kept: return true
        case .closed: return false
        case .reset:
            connection.reset()
            return false
        case .resetByNext:
            if reader.wait() { connection.reset() }
            return false
        }
    }
}
