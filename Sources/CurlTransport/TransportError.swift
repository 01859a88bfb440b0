/// Why the transport could not be set up.
public enum TransportError: Error, Equatable, CustomStringConvertible {
    /// libcurl has no memory, or cannot be loaded.
    case noHandle
    /// libcurl knows no such option, or not this value of it.
    case unusableOption(destination: String, reason: String)
    /// The URL of this destination cannot be used.
    case unusableURL(destination: String)
    /// The system refuses a thread.
    case noThread(code: Int32)
    /// The process ends.
    case stopped

    /// One sentence for the operator; it holds no secret.
    public var description: String {
        switch self {
        case .noHandle: "libcurl cannot start: is libcurl.so.4 (Debian: libcurl4) there?"
        case .unusableOption(let destination, let reason): "libcurl refuses the settings of \(destination): \(reason)"
        case .unusableURL(let destination): "the url of \(destination) cannot be used"
        case .noThread(let code): "the system refuses a thread (error \(code))"
        case .stopped: "the process is about to end"
        }
    }
}
