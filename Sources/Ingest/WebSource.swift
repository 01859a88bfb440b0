public import Settings

/// Where the server's own configuration comes from, `--web.config.file`; it is read again when it changes.
public struct WebSource: Sendable {
    /// The file.
    public let file: String
    let read: @Sendable () throws(DoorError) -> WebSettings

    /// A file, and how to read it.
    public init(file: String, read: @escaping @Sendable () throws(DoorError) -> WebSettings) {
        self.file = file
        self.read = read
    }
}

/// Why the door cannot be set up: what is wrong with the web configuration, with a certificate, with a token.
public struct DoorError: Error, Equatable, CustomStringConvertible {
    /// For people, a line each; no secret.
    public let lines: [String]

    /// These lines.
    public init(_ lines: [String]) { self.lines = lines }

    init(_ line: String) { lines = [line] }

    /// The lines as one.
    public var description: String { lines.joined(separator: "; ") }
}
