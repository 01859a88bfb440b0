import Fixtures
import Foundation
import Testing

@testable import PushCollector

@Suite struct ExitStatusTests {
    @Test(arguments: [
        (PushCollector.ExitStatus.success, "everything delivered"), (.failure, "configuration is wrong"),
        (.usage, "a flag"),
        (.undelivered, "samples undelivered"),
    ])
    func `the documentation has each status`(status: PushCollector.ExitStatus, meaning: String) throws {
        let text = try String(contentsOf: Fixtures.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let row = text.split(separator: "\n").first { $0.hasPrefix("| \(status.rawValue) |") }
        #expect(row?.contains(meaning) == true)
    }
}
