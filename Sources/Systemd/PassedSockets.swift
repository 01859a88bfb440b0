import Glibc

/// The sockets that a service manager has opened for this process (`sd_listen_fds(3)`).
public struct PassedSockets: Sendable, Equatable {
    /// Their descriptors.
    public private(set) var descriptors: [CInt] = []
    /// What each is called, where the service manager says so.
    public private(set) var names: [String] = []

    /// The first descriptor that is passed.
    static let first: CInt = 3
    private static let variables = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"]

    /// What the environment says was passed to the process of this number.
    init(environment: [String: String], process: Int) {
        guard environment["LISTEN_PID"].flatMap({ Int($0) }) == process,
            let count = environment["LISTEN_FDS"].flatMap({ CInt($0) }), count > 0, count <= 1_024
        else { return }
        descriptors = (0..<count).map { Self.first + $0 }
        names = (environment["LISTEN_FDNAMES"] ?? "").split(separator: ":").map(String.init)
    }

    /// Takes what was passed to this process: children get neither the descriptors nor the variables.
    ///
    /// To be called once, before threads are started.
    ///
    /// - Throws: the descriptor that is no listening stream socket.
    public static func take(from environment: [String: String]) throws(NotASocket) -> PassedSockets {
        let passed = PassedSockets(environment: environment, process: Int(getpid()))
        for variable in variables { unsafe unsetenv(variable) }
        for descriptor in passed.descriptors {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            guard listens(descriptor) else { throw NotASocket(descriptor: descriptor) }
        }
        return passed
    }

    /// What was passed is not what the program can serve at.
    public struct NotASocket: Error, Equatable, CustomStringConvertible {
        var descriptor: CInt

        /// One sentence.
        public var description: String {
            "descriptor \(descriptor) was passed to be listened at, but is no listening stream socket"
        }
    }

    private static func listens(_ descriptor: CInt) -> Bool {
        option(SO_TYPE, of: descriptor) == CInt(SOCK_STREAM.rawValue) && option(SO_ACCEPTCONN, of: descriptor) == 1
    }

    private static func option(_ name: CInt, of descriptor: CInt) -> CInt? {
        var value: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, name, &value, &size) == 0 ? value : nil
    }
}
