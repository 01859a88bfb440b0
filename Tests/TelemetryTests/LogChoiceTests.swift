import Logging
import Synchronization
import Testing

@testable import Telemetry

@Suite struct LogChoiceTests {
    @Test func `loggers that are in use follow a choice that changes`() {
        let lines = Lines()
        let choice = LogChoice(.logfmt, level: .warning)
        let logger = Logger(label: "test") { _ in
            LineLogHandler(choice, outside: .init(now: { 0 }, write: { lines.add($0) }))
        }
        logger.info("one")
        choice.level = .info
        logger.info("two")
        choice.format = .json
        logger.info("three")
        #expect(lines.all.count == 2)
        #expect(lines.all.first?.contains("msg=two") == true)
        #expect(lines.all.last?.contains("\"msg\":\"three\"") == true)
    }

    @Test(arguments: Logger.Level.allCases) func `each level comes back`(level: Logger.Level) {
        #expect(LogChoice(.json, level: level).level == level)
    }

    @Test func `a logger with a level of its own keeps it`() {
        let choice = LogChoice(.json, level: .info)
        var handler = LineLogHandler(choice, outside: .init(now: { 0 }, write: { _ in }))
        handler.logLevel = .debug
        choice.level = .error
        #expect(handler.logLevel == .debug)
    }

    private final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        var all: [String] { lines.withLock { $0 } }
        func add(_ line: String) { lines.withLock { $0.append(line) } }
    }
}
