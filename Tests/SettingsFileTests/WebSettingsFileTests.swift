import Fixtures
import Foundation
import Settings
import SettingsFile
import Testing

@Suite struct WebSettingsFileTests {
    @Test(arguments: ["", "# nothing\n", "{}", "tls_server_config: {}\nbasic_auth_users:\nhttp_server_config:\n"])
    func `an empty file asks for nothing`(text: String) throws {
        let file = try WebSettingsFile(Array(text.utf8), name: "web.yml")
        #expect(file.problems == [])
        #expect(file.settings == WebSettings())
    }

    @Test func `what is no YAML is told with its place`() {
        #expect(throws: SettingsFileError.self) { try WebSettingsFile(Array("a: [".utf8), name: "web.yml") }
        #expect(throws: SettingsFileError.unreadable(file: "/nowhere", reason: "No such file or directory")) {
            try WebSettingsFile(contentsOf: "/nowhere")
        }
    }

    @Test func `the example of docs/configuration.md is one`() throws {
        let text = try String(contentsOf: Fixtures.root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let block = try #require(text.components(separatedBy: "```yaml\n# web.yml\n").dropFirst().first)
        let example = block.components(separatedBy: "```")[0].replacing(/server\.\w+/, with: "/etc/passwd")
        let file = try WebSettingsFile(Array(example.utf8), name: "web.yml")
        #expect(file.problems == [])
        #expect(file.settings.tls != nil && file.settings.users.count == 1 && file.settings.rateLimit?.burst == 200)
    }

    @Test func `files are looked for beside it`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("x".utf8).write(to: folder.appending(path: "c.pem"))
        let path = folder.appending(path: "web.yml").path
        try Data("tls_server_config: {cert_file: c.pem, key_file: k.pem}".utf8).write(to: URL(filePath: path))
        let file = try WebSettingsFile(contentsOf: path)
        #expect(file.settings.tls?.certificate == .file("\(folder.path)/c.pem"))
        #expect(
            file.problems.map(\.description) == [
                "\(path):1:49: tls_server_config.key_file: \"\(folder.path)/k.pem\" cannot be read: "
                    + "No such file or directory"
            ])
    }
}
