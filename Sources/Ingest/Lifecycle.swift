import Synchronization

/// What requests may ask of the process, where it is enabled (`--web.enable-lifecycle`).
public final class Lifecycle: Sendable {
    /// What can be asked.
    enum Command: Equatable, Sendable {
        /// `/-/reload`.
        case reload
        /// `/-/quit`.
        case quit
    }

    private struct Deeds: Sendable {
        var reload: @Sendable () async -> String?
        var quit: @Sendable () -> Void
    }

    private let deeds = Mutex<Deeds?>(nil)

    /// Not enabled.
    public init() {}

    /// From now on requests are heard.
    ///
    /// - Parameters:
    ///   - reload: reads the configuration anew; nil, or the lines that say what is wrong with it.
    ///   - quit: begins to end the process, as SIGTERM does.
    public func enable(reload: @escaping @Sendable () async -> String?, quit: @escaping @Sendable () -> Void) {
        deeds.withLock { $0 = Deeds(reload: reload, quit: quit) }
    }

    /// Whether requests are heard.
    var isEnabled: Bool { deeds.withLock { $0 != nil } }

    /// Does what is asked.
    ///
    /// - Returns: nil, or why it is not done.
    func perform(_ command: Command) async -> String? {
        guard let deeds = deeds.withLock({ $0 }) else { return "Lifecycle API is not enabled." }
        switch command {
        case .reload: return await deeds.reload()
        case .quit:
            deeds.quit()
            return nil
        }
    }
}
