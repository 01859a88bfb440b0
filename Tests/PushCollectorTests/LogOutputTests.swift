import Logging
import Settings
import Telemetry
import Testing

@testable import PushCollector

@Suite struct LogOutputTests {
    @Test(arguments: [
        (LogLevel.debug, Logger.Level.debug), (.info, .info), (.warn, .warning), (.error, .error),
    ])
    func `the level is that of the settings`(setting: LogLevel, level: Logger.Level) {
        var log = Log()
        log.level = setting
        #expect(LogOutput.level(log.level) == level)
    }

    @Test func `the format is that of the settings`() {
        #expect(LogOutput.format(.json) == .json)
        #expect(LogOutput.format(.logfmt) == .logfmt)
    }
}
