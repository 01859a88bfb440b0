import Foundation

/// A server of python's with a certificate for `localhost` from an authority of its own; it answers 204 to everything.
struct TLSServer: Sendable {

    let port: Int
    private let directory: URL

    var authority: String { directory.appending(path: "ca.pem").path }

    /// A file of it.
    func text(_ name: String) throws -> String {
        try String(contentsOf: directory.appending(path: name), encoding: .utf8)
    }

    func url(host: String = "localhost") -> String { "https://\(host):\(port)/write" }

    /// Runs `body` while the server runs.
    static func run(_ body: (TLSServer) async throws -> Void) async throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        try await makeCertificates(in: directory)
        let python = Tool("python3", ["-c", script], in: directory)
        try python.start()
        do {
            try await body(TLSServer(port: python.readNumber(), directory: directory))
        } catch {
            await python.stop()
            throw error
        }
        await python.stop()
    }

    private static func makeCertificates(in directory: URL) async throws {
        let commands = [
            "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=authority",
            "req -newkey rsa:2048 -nodes -keyout key.pem -out request.pem -subj /CN=localhost",
            "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days 2 -extfile names",
            "pkcs8 -topk8 -in key.pem -passout pass:secret -out locked.pem",
        ]
        try Data("subjectAltName=DNS:localhost\n".utf8).write(to: directory.appending(path: "names"))
        for command in commands {
            let openssl = Tool("openssl", command.split(separator: " ").map(String.init), in: directory)
            try openssl.start()
            await openssl.end()
        }
    }

    private static let script = """
        import http.server, ssl
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("cert.pem", "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
        print(server.server_address[1], flush=True)
        server.serve_forever()
        """
}

/// A program of the system's, whose end is awaited: `waitUntilExit` would hold a thread that tasks share.
private struct Tool {
    private let process = Process()
    private let output = Pipe()
    private let ended: AsyncStream<Void>

    init(_ name: String, _ arguments: [String], in directory: URL) {
        process.executableURL = URL(filePath: "/usr/bin/\(name)")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        ended = stream
        process.terminationHandler = { _ in continuation.finish() }
    }

    func start() throws { try process.run() }

    func end() async { for await _ in ended {} }

    func stop() async {
        // A child of a task's thread inherits that SIGTERM is blocked.
        kill(process.processIdentifier, SIGKILL)
        await end()
    }

    func readNumber() -> Int {
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        return Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }
}
