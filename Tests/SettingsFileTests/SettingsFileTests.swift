import Foundation
import Settings
import Testing

@testable import SettingsFile

@Suite struct SettingsFileTests {
    private func problems(_ text: String) throws -> [String] {
        let file = try SettingsFile(Array(text.utf8), name: "c.yaml")
        return file.problems(with: file.settings.contradictions).map(\.description)
    }

    @Test(arguments: [
        "", "\n", "# nothing\n", "---\n", "{}", "~", "\u{FEFF}", "push:\nlog:\nremote_write:\nshutdown:\n",
    ])
    func `an empty file means the defaults`(text: String) throws {
        let file = try SettingsFile(Array(text.utf8), name: "c.yaml")
        #expect(file.settings == Settings())
        #expect(file.problems() == [])
    }

    @Test func `all problems come at once, in the order of the file`() throws {
        let text = """
            log: {level: loud}
            remote_write:
              - url: http://user:secret@h:x/
                queue_config: {min_backoff: 10s, maxShards: 0}
              - url: ''
                azuread: {a: b}
                name: 5
              - {}
            listenAddress: nowhere
            push: {pushgateway: {limits: {body_size: 65MiB}}}
            """
        #expect(
            try problems(text) == [
                "c.yaml:1:14: log.level: expected one of debug, info, warn, error, not \"loud\"",
                "c.yaml:3:10: remote_write[0].url: \(SettingsError.urlMalformed)",
                "c.yaml:4:33: remote_write[0].queue_config.min_backoff: must not exceed max_backoff, which is 5s",
                "c.yaml:4:49: remote_write[0].queue_config.maxShards: must be at least 1",
                "c.yaml:5:10: remote_write[1].url: must begin with http:// or https://",
                "c.yaml:6:5: remote_write[1].azuread: not supported (use oauth2 with Azure's token_url)",
                "c.yaml:8:5: remote_write[2].url: is missing",
                "c.yaml:9:16: listenAddress: expected host:port, [::1]:port or unix:/path, not \"nowhere\"",
                "c.yaml:10:42: push.pushgateway.limits.body_size: must not exceed decoded_size, which is 64MiB",
            ])
    }

    @Test func `a contradiction of a key that is not there stands where it would`() throws {
        let text = "remote_write: [{url: 'http://h/'}, {url: 'http://h/'}]"
        let message =
            "remote_write[1].name: \"h-\(try #require(DestinationURL("http://h/").name.split(separator: "-").last))\" is there twice"
        #expect(try problems(text) == ["c.yaml:1:36: \(message)"])
    }

    @Test func `what stems from another problem is left out`() throws {
        #expect(try problems("remote_write: [{url: [a]}, 5]").count == 2)
        let access = [
            "authorization: {credentials_file: /nowhere}", "tls_config: {cert: c, key_file: /nowhere}",
            "oauth2: {client_id: i, client_secret_file: /nowhere, token_url: 'http://h/'}",
        ]
        for keys in access {
            let problems = try problems("remote_write: [{url: 'http://h/', \(keys)}]")
            #expect(problems.count == 1 && problems.first?.contains("cannot be read") == true, "\(problems)")
        }
    }

    @Test func `a text that is no YAML is refused as a whole`() {
        let error = SettingsFileError.malformed(
            Problem(file: "c.yaml", place: Place(line: 2, column: 1), message: "tabs do not indent in YAML: use blanks")
        )
        #expect(throws: error) { try problems("log:\n\tlevel: info") }
    }

    @Test func `a file is read, and its relative paths are beside it`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appending(path: "c.yaml").path
        try Data("remote_write: [{url: 'http://h/', tls_config: {ca_file: ca.pem}}]".utf8).write(
            to: URL(filePath: path))
        #expect(
            try SettingsFile(contentsOf: path).problems().map(\.description) == [
                "\(path):1:57: remote_write[0].tls_config.ca_file: "
                    + "\"\(directory.path)/ca.pem\" cannot be read: No such file or directory".prefix(200)
            ])
        try Data().write(to: directory.appending(path: "ca.pem"))
        let file = try SettingsFile(contentsOf: path)
        #expect(file.problems() == [])
        #expect(file.settings.remoteWrite.first?.tls.caFile == directory.appending(path: "ca.pem").path)
    }

    @Test func `a file that is not there or too long is refused`() throws {
        #expect(throws: SettingsFileError.unreadable(file: "/nowhere", reason: "No such file or directory")) {
            try SettingsFile(contentsOf: "/nowhere")
        }
        #expect(throws: SettingsFileError.tooLarge(file: "/dev/zero", limit: 1 << 20)) {
            try SettingsFile(contentsOf: "/dev/zero")
        }
    }

    @Test func `the keys that a file can have are known`() {
        #expect(SettingsFile.keys.first == "listen_address")
        #expect(SettingsFile.keys.contains("push.pushgateway.limits.body_size"))
        #expect(SettingsFile.keys.contains("remote_write[].tls_config.ca_file"))
        #expect(!SettingsFile.keys.contains("push"))
        #expect(Set(SettingsFile.keys).count == SettingsFile.keys.count)
    }
}
