import Foundation
import Settings
import Testing

@testable import PushCollector

@Suite struct ConfigurationTests {
    /// Reads a file of this text, with these flags over it; `FILE` in errors stands for its name.
    private func load(
        _ text: String?, _ flags: [(flag: FlagName, values: [String])] = [],
        destinations: Configuration.Destinations = .needed
    ) throws -> Configuration {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        var flags = flags
        if let text {
            try Data(text.utf8).write(to: file)
            flags.append((.configFile, [file.path]))
        }
        let overrides = try Overrides(FlagValues(flags, environment: [:]))
        do {
            return try Configuration(overrides, destinations: destinations, defaultFile: "/nowhere")
        } catch {
            throw CommandError.configuration(error.lines.map { $0.replacing(file.path, with: "FILE") })
        }
    }

    @Test func `a file and the flags over it are the settings`() throws {
        let configuration = try load(
            "remote_write: [{url: 'http://file/'}]\nlog: {level: warn}", [(.remoteWriteURL, ["http://flag/"])])
        #expect(configuration.settings.remoteWrite.map(\.url) == ["http://flag/"])
        #expect(configuration.settings.log.level == .warn)
    }

    @Test func `a destination is enough, without a file`() throws {
        let configuration = try load(nil, [(.remoteWriteURL, ["http://flag/"])])
        #expect(configuration.file == nil)
        #expect(configuration.settings.remoteWrite.count == 1)
    }

    @Test func `without a destination nothing is delivered, unless a receiver takes its place`() throws {
        #expect(
            throws: CommandError.configuration([
                "remote_write: at least one destination is needed; to try it without one, run push-collector dev"
            ])
        ) { try load("push: {pushgateway: {enabled: true}}") }
        #expect(try load("push: {pushgateway: {enabled: true}}", destinations: .replaced).settings == Settings())
    }

    @Test func `every problem is told, where it was caused`() {
        let error = CommandError.configuration([
            "FILE:1:15: remote_write: expected a list, not a text", "FILE:2:7: log: expected a mapping, not a list",
            "FILE:3:21: shutdown.timeout: must be at most 1d",
            "--web.listen-address: \"0.0.0.0:1\" is there twice",
        ])
        #expect(throws: error) {
            try load(
                "remote_write: 5\nlog:  []\nshutdown: {timeout: 2d}", [(.webListenAddress, [":1", ":1"])])
        }
    }

    @Test func `a regex that RE2 does not take is told as every other problem, in the order of the file`() {
        let error = CommandError.configuration([
            "FILE:2:66: push.pushgateway.relabel_configs[1].regex: \"a(\" is no regular expression of RE2: missing ): ^(?s:a()$",
            "FILE:3:27: shutdown.timeout: must be at most 1d",
        ])
        #expect(throws: error) {
            try load(
                """
                remote_write: [{url: http://x}]
                push: {pushgateway: {relabel_configs: [{action: keep}, {regex:   a(, action: drop}]}}
                shutdown:       {timeout: 2d}
                """)
        }
    }

    @Test func `a certificate that is none is told where it stands, as every other problem`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).pem")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("nonsense".utf8).write(to: file)
        let error = CommandError.configuration([
            "FILE:3:14: remote_write[0].tls_config.ca_file: \"\(file.path)\" holds no certificate in PEM, or one that is broken",
            "FILE:4:11: remote_write[0].tls_config.cert: holds no certificate in PEM, or one that is broken",
            "FILE:5:15: remote_write[0].tls_config.key_file: \"/nowhere\" cannot be read: No such file or directory",
        ])
        #expect(throws: error) {
            try load(
                """
                remote_write:
                - {url: http://x, tls_config: {
                    ca_file: \(file.path),
                    cert: nonsense,
                    key_file: /nowhere}}
                """)
        }
    }

    @Test func `so is one that a kubeconfig has, where the kubeconfig is named`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let pem = Data("-----BEGIN CERTIFICATE-----\n".utf8).base64EncodedString()
        let cluster = "{server: 'https://k', certificate-authority-data: \(pem)}"
        try Data(
            """
            clusters: [{name: c, cluster: \(cluster)}]
            contexts: [{name: c, context: {cluster: c}}]

            """.utf8
        ).write(to: file)
        let error = CommandError.configuration([
            "FILE:2:71: scrape.push_gateways.kubernetes.kubeconfig_file: holds no certificate in PEM, or one that is broken"
        ])
        #expect(throws: error) {
            try load(
                """
                remote_write: [{url: http://x}]
                scrape: {push_gateways: {kubernetes: {enabled: true, kubeconfig_file: \(file.path)}}}
                """)
        }
    }

    @Test func `the default file is read where it exists`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml")
        try Data("remote_write: [{url: 'http://file/'}]".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let overrides = try Overrides(FlagValues([], environment: [:]))
        let configuration = try Configuration(overrides, destinations: .needed, defaultFile: file.path)
        #expect(configuration.settings.remoteWrite.map(\.url) == ["http://file/"])
        #expect(configuration.file == file.path)
    }

    @Test func `a file that is named has to be there`() {
        #expect(throws: CommandError.configuration(["/nowhere.yaml: cannot be read: No such file or directory"])) {
            try load(nil, [(.configFile, ["/nowhere.yaml"])])
        }
    }
}
