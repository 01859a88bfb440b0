import Bytes
import Logging
import Settings
import Telemetry

/// The log, on standard error.
enum LogOutput {
    /// Starts the log of the process; to be called once.
    ///
    /// - Returns: the program's own logger.
    static func begin(_ log: Log) -> Logger {
        LoggingSystem.bootstrap { _ in handler(log) }
        return Logger(label: "push-collector")
    }

    static func handler(_ log: Log) -> LineLogHandler {
        let outside = LineLogHandler.Outside(now: WallClock.milliseconds, write: StandardStream.error.write)
        return LineLogHandler(format(log.format), level: level(log.level), outside: outside)
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
