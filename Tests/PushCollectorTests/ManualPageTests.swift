import ArgumentParser
import Fixtures
import Foundation
import Testing

@testable import PushCollector

@Suite("The manual page")
struct ManualPageTests {
    private let page: String

    init() throws {
        page = try String(contentsOf: Fixtures.root.appending(path: "docs/push-collector.1"), encoding: .utf8)
            .replacing("\\-", with: "-")
    }

    @Test(arguments: FlagName.allCases) func `it has each flag`(flag: FlagName) {
        #expect(page.contains("\n.B \(flag.name)\n") || page.contains("\n.BI \(flag.name) \""))
    }

    @Test func `it has each command`() {
        for command in RootCommand.configuration.subcommands {
            #expect(page.contains("\n.TP\n.B \(command.configuration.commandName ?? "")\n"))
        }
    }

    @Test func `it is of this version`() { #expect(page.contains("\"push-collector \(Version.number)\"")) }

    @Test(arguments: [PushCollector.ExitStatus.success, .failure, .usage, .undelivered])
    func `it has each exit status`(status: PushCollector.ExitStatus) {
        #expect(page.contains("\n.TP\n.B \(status.rawValue)\n"))
    }
}
