import CYaml

/// The bytes of a file, read within a limit.
enum FileContent {
    /// At most so many bytes of a file, from its beginning, or why it cannot be read, in the system's words.
    static func read(_ path: String, limit: Int) -> Result {
        var count = 0
        var reason: String?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            let problem = unsafe cyaml_read_file(path, buffer.baseAddress, limit, &count)
            initialized = count
            reason = unsafe problem.map { unsafe String(cString: $0) }
        }
        return reason.map(Result.unreadable) ?? .bytes(bytes)
    }

    /// Whether a path is that of a pipe: to open one may take for ever, and what it holds is there only once.
    static func isPipe(_ path: String) -> Bool { unsafe cyaml_is_pipe(path) }

    enum Result: Equatable {
        case bytes([UInt8])
        case unreadable(String)
    }
}
