/// Why a file is no configuration at all.
public enum SettingsFileError: Error, Sendable, Equatable {
    /// It cannot be read; the system's words.
    case unreadable(file: String, reason: String)
    /// It is longer than so many bytes.
    case tooLarge(file: String, limit: Int)
    /// It is not the YAML that a configuration is written in.
    case malformed(Problem)
}

extension SettingsFileError: CustomStringConvertible {
    /// The file and what is wrong, in one line.
    public var description: String {
        switch self {
        case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
        case .tooLarge(let file, let limit): "\(file): is longer than \(limit) bytes"
        case .malformed(let problem): problem.description
        }
    }
}
