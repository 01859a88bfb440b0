import ArgumentParser
import Testing

@testable import PushCollector

@Suite struct RootCommandTests {
    @Test func `without a command it serves`() throws {
        let flags = ["--config.file=a.yaml", "--remote-write.url", "http://a/", "--remote-write.url=http://b/"]
        let serve = try #require(try RootCommand.parseAsRoot(flags) as? ServeCommand)
        #expect(serve.config.configFile == "a.yaml")
        #expect(serve.destinations.urls == ["http://a/", "http://b/"])
        #expect(try RootCommand.parseAsRoot([]) is ServeCommand)
        #expect(try RootCommand.parseAsRoot(["serve"]) is ServeCommand)
    }

    @Test func `each command is found`() throws {
        #expect(try RootCommand.parseAsRoot(["check", "--live"]) is CheckCommand)
        #expect(try RootCommand.parseAsRoot(["dev", "--web.listen-address", ":0"]) is DevCommand)
        #expect(try RootCommand.parseAsRoot(["receiver", "--log.format", "json"]) is ReceiverCommand)
    }

    @Test(arguments: [
        ["--no-such-flag"], ["no-such-command"], ["--log.level"], ["dev", "--remote-write.url", "http://a/"],
        ["receiver", "--config.file", "x"],
    ])
    func `anything else is an error of usage`(arguments: [String]) {
        #expect {
            try RootCommand.parseAsRoot(arguments)
        } throws: { error in
            RootCommand.exitCode(for: error) == .validationFailure
        }
    }

    @Test func `the help has every flag`() {
        let help = RootCommand.helpMessage(columns: 80)
        for flag in FlagName.allCases where flag != .live {
            #expect(help.contains("\n  \(flag.name) "))
        }
    }
}
