import Fixtures
import Foundation
import Testing

@testable import PushCollector

@Suite struct FlagNameTests {
    @Test(arguments: [
        (FlagName.remoteWriteURL, "--remote-write.url", "PUSH_COLLECTOR_REMOTE_WRITE_URL"),
        (.webListenAddress, "--web.listen-address", "PUSH_COLLECTOR_WEB_LISTEN_ADDRESS"),
        (.configFile, "--config.file", "PUSH_COLLECTOR_CONFIG_FILE"), (.live, "--live", "PUSH_COLLECTOR_LIVE"),
    ])
    func `each flag has a variable`(flag: FlagName, name: String, variable: String) {
        #expect(flag.name == name)
        #expect(flag.variable == variable)
    }

    @Test(arguments: FlagName.allCases)
    func `the documentation has each flag with its variable`(flag: FlagName) throws {
        let text = try String(contentsOf: Fixtures.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        #expect(text.contains("\n| `\(flag.name)` | `\(flag.variable)` | "))
    }

    @Test(arguments: FlagName.allCases)
    func `the help of a flag fits one line`(flag: FlagName) {
        #expect("  --web.listen-address  \(flag.help)".count <= 80)
    }
}
