public import Logging

/// Writes each record as one line of bounded length, as logfmt or as JSON.
public struct LineLogHandler: LogHandler {
    /// How a line is written.
    public enum Format: Sendable {
        /// `ts=... level=info msg=... key=value`.
        case logfmt
        /// `{"ts":"...","level":"info","msg":"...","key":"value"}`.
        case json
    }

    /// What happens outside: the time in ms since the epoch, and a line that goes out, its end included.
    public struct Outside: Sendable {
        var now: @Sendable () -> Int64
        var write: @Sendable (String) -> Void

        /// A clock and a sink; both are called on whichever thread logs.
        public init(now: @escaping @Sendable () -> Int64, write: @escaping @Sendable (String) -> Void) {
            self.now = now
            self.write = write
        }
    }

    /// Pairs for every record of the logger.
    public var metadata = Logger.Metadata()
    /// Pairs for every record of the task.
    public var metadataProvider: Logger.MetadataProvider?
    private let choice: LogChoice
    /// The level of this handler alone, where it was given one.
    private var ownLevel: Logger.Level?
    private let outside: Outside

    /// A handler for records of this level and more severe ones.
    public init(_ format: Format, level: Logger.Level, outside: Outside) {
        self.init(LogChoice(format, level: level), outside: outside)
    }

    /// A handler that writes as is chosen at the time.
    public init(_ choice: LogChoice, outside: Outside) {
        self.choice = choice
        self.outside = outside
    }

    /// The least severe level that is written.
    public var logLevel: Logger.Level {
        get { ownLevel ?? choice.level }
        set { ownLevel = newValue }
    }

    /// One pair for every record of the logger.
    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes a record; of pairs with one key that of the record wins.
    public func log(event: LogEvent) {
        var pairs = metadata
        if let metadataProvider { pairs.merge(metadataProvider.get()) { $1 } }
        if let own = event.metadata { pairs.merge(own) { $1 } }
        if let error = event.error { pairs["error"] = "\(error)" }
        let line = LogLine(
            time: outside.now(), level: event.level, message: event.message.description, metadata: pairs)
        switch choice.format {
        case .logfmt: outside.write(line.logfmt + "\n")
        case .json: outside.write(line.json + "\n")
        }
    }
}
