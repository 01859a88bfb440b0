import Settings
import Testing

@testable import SettingsFile

@Suite struct UnimplementedKeysTests {
    @Test func `no key is implemented and not implemented`() {
        #expect(Set(SettingsFile.keys).isDisjoint(with: SettingsFile.unimplementedKeys))
        #expect(Set(SettingsFile.unimplementedKeys).count == SettingsFile.unimplementedKeys.count)
    }

    @Test func `the keys of a mapping are found`() {
        #expect(UnimplementedKeys.under("").map(\.name) == [])
        #expect(UnimplementedKeys.under("remote_write[12]").isEmpty)
    }

    @Test(arguments: SettingsFile.unimplementedKeys)
    func `each key is refused where it stands`(path: String) throws {
        let problems = try SettingsFile(Array(file(with: path).utf8), name: "c.yaml").problems()
        let written = path.replacing("[]", with: "[0]")
        #expect(problems.contains { $0.path == written && $0.message.hasPrefix("not implemented yet (") })
    }
}

/// A file that has only the key of a path: of `a.b[].c` it is `{a: {b: [{c: 1}]}}`.
func file(with path: String) -> String {
    path.split(separator: ".").reversed().reduce("1") { text, part in
        part.hasSuffix("[]") ? "{\(part.dropLast(2)): [\(text)]}" : "{\(part): \(text)}"
    }
}
