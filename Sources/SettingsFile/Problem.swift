/// Something wrong in a configuration file.
public struct Problem: Error, Sendable, Equatable {
    /// The file's name, as it was given.
    public let file: String
    /// The line, from 1.
    public let line: Int
    /// The column in characters, from 1.
    public let column: Int
    /// The key's path, in the names that the file uses; empty: the text as a whole.
    public let path: String
    /// What is wrong.
    public let message: String

    init(file: String, place: Place, path: String = "", message: String) {
        self.file = file
        self.line = place.line
        self.column = place.column
        self.path = path
        self.message = message
    }
}

extension Problem: CustomStringConvertible {
    /// `FILE:LINE:COLUMN: key.path: message`, in one line.
    public var description: String { "\(file):\(line):\(column): \(path.isEmpty ? "" : "\(path): ")\(message)" }
}
