import Bytes
import Logging
import Settings
import Telemetry

/// The log, on standard error.
enum LogOutput {
    /// How the process logs; a reload may change it.
    private static let choice = LogChoice(.logfmt, level: .info)

    /// Starts the log of the process; to be called once.
    ///
    /// - Returns: the program's own logger.
    static func begin(_ log: Log) -> Logger {
        apply(log)
        LoggingSystem.bootstrap { _ in handler() }
        return Logger(label: "push-collector")
    }

    /// From now on the log is written so.
    static func apply(_ log: Log) {
        choice.level = level(log.level)
        choice.format = format(log.format)
    }

    static func handler() -> LineLogHandler {
        let outside = LineLogHandler.Outside(now: WallClock.milliseconds, write: StandardStream.error.write)
        return LineLogHandler(choice, outside: outside)
    }

    static func format(_ format: LogFormat) -> LineLogHandler.Format {
        switch format {
        case .logfmt: .logfmt
        case .json: .json
        }
    }

    static func level(_ level: LogLevel) -> Logger.Level {
        switch level {
        case .debug: .debug
        case .info: .info
        case .warn: .warning
        case .error: .error
        }
    }
}
