import Settings
import Testing

@testable import SettingsFile

@Suite struct UnsupportedKeysTests {
    @Test func `no key is supported and not supported`() {
        #expect(Set(SettingsFile.keys).isDisjoint(with: SettingsFile.unsupportedKeys))
        #expect(Set(SettingsFile.unimplementedKeys).isDisjoint(with: SettingsFile.unsupportedKeys))
        #expect(Set(SettingsFile.unsupportedKeys).count == SettingsFile.unsupportedKeys.count)
    }

    @Test(arguments: SettingsFile.unsupportedKeys)
    func `each key is refused where it stands`(path: String) throws {
        let problems = try SettingsFile(Array(file(with: path).utf8), name: "c.yaml").problems()
        let written = path.replacing("[]", with: "[0]")
        #expect(problems.contains { $0.path == written && $0.message.hasPrefix("not supported (") && $0.line == 1 })
    }

    @Test func `a grant that is not supported says so`() throws {
        let text =
            "remote_write:\n  - url: http://h\n    oauth2:\n      grant_type: urn:ietf:params:oauth:grant-type:jwt-bearer"
        let file = try SettingsFile(Array(text.utf8), name: "c.yaml")
        #expect(
            file.problems().map(\.description) == [
                "c.yaml:4:19: remote_write[0].oauth2.grant_type: not supported (only the grant client_credentials is)"
            ])
    }
}
