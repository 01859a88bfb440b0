public import Logging
import Synchronization

/// What all logs of the process are written as, and from which level on; both may change while they are in use.
public final class LogChoice: Sendable {
    private let levelIndex: Atomic<Int>
    private let isJSON: Atomic<Bool>

    /// A form and the least severe level.
    public init(_ format: LineLogHandler.Format, level: Logger.Level) {
        levelIndex = Atomic(Self.index(of: level))
        isJSON = Atomic(format == .json)
    }

    /// The least severe level that is written.
    public var level: Logger.Level {
        get { Logger.Level.allCases[levelIndex.load(ordering: .relaxed)] }
        set { levelIndex.store(Self.index(of: newValue), ordering: .relaxed) }
    }

    /// How a line is written.
    public var format: LineLogHandler.Format {
        get { isJSON.load(ordering: .relaxed) ? .json : .logfmt }
        set { isJSON.store(newValue == .json, ordering: .relaxed) }
    }

    private static func index(of level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }
}
