import Logging
import Testing

@testable import Telemetry

@Suite struct LogLineTests {
    @Test(arguments: [
        (Logger.Level.trace, "debug"), (.debug, "debug"), (.info, "info"), (.notice, "info"), (.warning, "warn"),
        (.error, "error"), (.critical, "error"),
    ])
    func `levels are named as Prometheus names them`(level: Logger.Level, name: String) {
        #expect(LogLine(time: 0, level: level, message: "", metadata: [:]).level == name)
    }

    @Test func `a long message and long values are cut between characters`() {
        let long = String(repeating: "é", count: 1500)
        let line = LogLine(time: 0, level: .info, message: long, metadata: ["a": .string(long)])
        #expect(line.message == String(repeating: "é", count: 1024) + "…")
        guard case .text(let text)? = line.pairs.first?.value else {
            Issue.record("no text")
            return
        }
        #expect(text == line.message)
    }

    @Test func `of many pairs some are left out, and it is said how many`() {
        let metadata = Logger.Metadata(uniqueKeysWithValues: (100..<140).map { ("k\($0)", "v") })
        let line = LogLine(time: 0, level: .info, message: "x", metadata: metadata)
        #expect(line.pairs.count == 33)
        #expect(line.logfmt.hasSuffix(" k131=v omitted=8"))
    }

    @Test func `a pair cannot stand for one of the line's own`() {
        let line = LogLine(time: 0, level: .info, message: "x", metadata: ["msg": "y", "ts": "z", "level": "w"])
        #expect(line.pairs.map(\.key) == ["level_", "msg_", "ts_"])
    }
}
