import Settings
import Testing

@testable import PushCollector

@Suite struct OverridesTests {
    private func overrides(_ flags: [(flag: FlagName, values: [String])]) throws -> Overrides {
        try Overrides(FlagValues(flags, environment: [:]))
    }

    @Test func `what is given takes the place of the file's, the rest stays`() throws {
        let overrides = try overrides([
            (.configFile, ["a.yaml", "b.yaml"]), (.remoteWriteURL, ["http://a/", "http://b/"]),
            (.webListenAddress, [":1", "unix:/x"]), (.logLevel, ["info", "debug"]), (.logFormat, []),
        ])
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "http://file/")]
        settings.log.format = .json
        settings.shutdown.timeout = .seconds(1)
        var expected = settings
        expected.remoteWrite = [DestinationSettings(url: "http://a/"), DestinationSettings(url: "http://b/")]
        expected.listenAddress = [.tcp(host: "0.0.0.0", port: 1), .unix(path: "/x")]
        expected.log.level = .debug
        overrides.apply(to: &settings)
        #expect(settings == expected)
        #expect(overrides.configFile == "b.yaml")
    }

    @Test func `it is known what set a setting`() throws {
        let overrides = try overrides([(.remoteWriteURL, ["http://a/"]), (.logLevel, ["warn"])])
        #expect(overrides.source(of: "remote_write[0].url") == "--remote-write.url")
        #expect(overrides.source(of: "log.level") == "--log.level")
        #expect(overrides.source(of: "log.format") == nil)
        #expect(overrides.source(of: "listen_address") == nil)
    }

    @Test(arguments: [
        (FlagName.remoteWriteURL, "localhost:9090", "--remote-write.url: must begin with http:// or https://"),
        (.webListenAddress, "x", "--web.listen-address: expected host:port, [::1]:port or unix:/path, not \"x\""),
        (.logLevel, "loud", "--log.level: expected one of debug, info, warn, error, not \"loud\""),
        (.logFormat, "xml", "--log.format: expected one of logfmt, json, not \"xml\""),
    ])
    func `a wrong value is an error of usage`(flag: FlagName, value: String, message: String) {
        #expect(throws: CommandError.usage(message)) { try overrides([(flag, [value])]) }
    }

    @Test(arguments: [("true", true), ("false", false)])
    func `a switch is on or off`(value: String, isOn: Bool) throws {
        #expect(try overrides([(.webEnableLifecycle, [value])]).enablesLifecycle == isOn)
        #expect(try overrides([]).enablesLifecycle == false)
    }

    @Test func `a switch that is neither is an error of usage`() {
        #expect(throws: CommandError.usage("--web.enable-lifecycle: expected true or false")) {
            try overrides([(.webEnableLifecycle, ["yes"])])
        }
    }
}
