import Logging

/// What one line of the log tells, before it is written in one form or the other.
struct LogLine {
    /// A longer message or value is cut.
    static let valueLimit = 2048
    /// Further pairs are left out.
    static let pairLimit = 32

    /// A value as the two forms need it.
    indirect enum Value {
        case text(String)
        case list([Value])
        case mapping([(key: String, value: Value)])
    }

    /// Milliseconds since the epoch.
    var time: Int64
    var level: String
    var message: String
    /// Sorted by key.
    var pairs: [(key: String, value: Value)]

    init(time: Int64, level: Logger.Level, message: String, metadata: Logger.Metadata) {
        self.time = time
        self.level = Self.name(of: level)
        self.message = message.cut(to: Self.valueLimit)
        let pairs = metadata.sorted { $0.key < $1.key }.map { (Self.free($0.key), Value($0.value)) }
        self.pairs = Array(pairs.prefix(Self.pairLimit))
        if pairs.count > Self.pairLimit { self.pairs.append(("omitted", .text("\(pairs.count - Self.pairLimit)"))) }
    }

    /// The level as Prometheus names it.
    private static func name(of level: Logger.Level) -> String {
        switch level {
        case .trace, .debug: "debug"
        case .info, .notice: "info"
        case .warning: "warn"
        case .error, .critical: "error"
        }
    }

    /// A key that none of the line's own has.
    private static func free(_ key: String) -> String { ["ts", "level", "msg"].contains(key) ? "\(key)_" : key }
}

extension LogLine.Value {
    init(_ value: Logger.MetadataValue) {
        switch value {
        case .string(let text): self = .text(text.cut(to: LogLine.valueLimit))
        case .stringConvertible(let value): self = .text(value.description.cut(to: LogLine.valueLimit))
        case .array(let values): self = .list(values.prefix(LogLine.pairLimit).map(Self.init))
        case .dictionary(let pairs):
            let sorted = pairs.sorted { $0.key < $1.key }.prefix(LogLine.pairLimit)
            self = .mapping(sorted.map { ($0.key, .init($0.value)) })
        }
    }
}

extension String {
    /// The text, or its beginning of at most so many bytes and an ellipsis.
    fileprivate func cut(to limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var result = ""
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            if count > limit { break }
            result.unicodeScalars.append(scalar)
        }
        return result + "…"
    }
}
