import Settings
import Testing

@testable import SettingsFile

@Suite struct UnimplementedKeysTests {
    @Test func `no key is implemented and not implemented`() {
        #expect(Set(SettingsFile.keys).isDisjoint(with: SettingsFile.unimplementedKeys))
        #expect(Set(SettingsFile.unimplementedKeys).count == SettingsFile.unimplementedKeys.count)
    }

    @Test func `the keys of a mapping are found`() {
        #expect(UnimplementedKeys.under("").map(\.name) == ["probes", "scrape"])
        #expect(UnimplementedKeys.under("remote_write[12]").isEmpty)
    }

    @Test(arguments: SettingsFile.unimplementedKeys)
    func `each key is refused where it stands`(path: String) throws {
        // a.b[].c becomes {a: {b: [{c: 1}]}}.
        var text = "1"
        for part in path.split(separator: ".").reversed() {
            text = part.hasSuffix("[]") ? "{\(part.dropLast(2)): [\(text)]}" : "{\(part): \(text)}"
        }
        let problems = try SettingsFile(Array(text.utf8), name: "c.yaml").problems()
        let written = path.replacing("[]", with: "[0]")
        #expect(problems.contains { $0.path == written && $0.message.hasPrefix("not implemented yet (") })
    }
}
