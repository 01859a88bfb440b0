import ArgumentParser
import Testing

@testable import PushCollector

@Suite struct FlagGroupsTests {
    @Test func `each group tells its flags, given or not`() throws {
        #expect(try ConfigFlags.parse([]).values.map(\.flag) == [.configFile])
        #expect(try DestinationFlags.parse([]).values.map(\.flag) == [.remoteWriteURL])
        #expect(try WebFlags.parse([]).values.map(\.flag) == [.webListenAddress, .webConfigFile, .webEnableLifecycle])
        #expect(try LogFlags.parse([]).values.map(\.flag) == [.logLevel, .logFormat])
        #expect(try LogFlags.parse([]).values.allSatisfy(\.values.isEmpty))
    }

    @Test func `each group tells what was given`() throws {
        #expect(try ConfigFlags.parse(["--config.file", "a"]).values.map(\.values) == [["a"]])
        #expect(
            try DestinationFlags.parse(["--remote-write.url=a", "--remote-write.url=b"]).values.map(\.values) == [
                ["a", "b"]
            ])
        #expect(
            try WebFlags.parse(["--web.listen-address=a", "--web.config.file=b", "--web.enable-lifecycle"]).values
                .map(\.values) == [["a"], ["b"], ["true"]])
        #expect(try LogFlags.parse(["--log.level=a", "--log.format=b"]).values.map(\.values) == [["a"], ["b"]])
    }
}
