import Testing

@testable import PushCollector

@Suite struct FlagValuesTests {
    @Test func `a flag beats its variable`() throws {
        let environment = ["PUSH_COLLECTOR_LOG_LEVEL": "warn", "PUSH_COLLECTOR_LOG_FORMAT": "json"]
        let values = try FlagValues(
            [(.logLevel, ["debug"]), (.logFormat, []), (.configFile, [])], environment: environment)
        #expect(values[.logLevel] == .init(source: "--log.level", values: ["debug"]))
        #expect(values[.logFormat] == .init(source: "PUSH_COLLECTOR_LOG_FORMAT", values: ["json"]))
        #expect(values[.configFile] == nil)
    }

    @Test func `a variable of a flag that the command does not have is nobody's`() throws {
        let values = try FlagValues([(.logLevel, [])], environment: ["PUSH_COLLECTOR_REMOTE_WRITE_URL": "http://h/"])
        #expect(values[.remoteWriteURL] == nil)
    }

    @Test func `a variable separates values by commas, where a flag is repeatable`() throws {
        let environment = [
            "PUSH_COLLECTOR_REMOTE_WRITE_URL": "http://a/, http://b/ ,http://c/", "PUSH_COLLECTOR_CONFIG_FILE": "a,b",
        ]
        let values = try FlagValues([(.remoteWriteURL, []), (.configFile, [])], environment: environment)
        #expect(values[.remoteWriteURL]?.values == ["http://a/", "http://b/", "http://c/"])
        #expect(values[.configFile]?.values == ["a,b"])
    }

    @Test func `an empty variable counts as none`() throws {
        let environment = ["PUSH_COLLECTOR_LOG_LEVEL": "", "PUSH_COLLECTOR_WEB_CONFIG_FILE": ""]
        let values = try FlagValues([(.logLevel, []), (.webConfigFile, [])], environment: environment)
        #expect(values[.logLevel] == nil)
    }
}
