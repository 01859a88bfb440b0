import Foundation
import Logging
import Settings
import Synchronization

@testable import Ingest

/// Doors for tests, and the files that they are made of.
final class Doors {
    let folder = FileManager.default.temporaryDirectory.appending(path: "door-\(UUID().uuidString)")
    let log = LogLines()

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
        return path(name)
    }

    /// A token that stands in the configuration, for pushes of these jobs or for everything.
    static func token(_ text: String, jobs: String? = nil) -> PushToken {
        var token = PushToken()
        (token.token, token.jobs) = (Secret(text), jobs)
        return token
    }

    /// A door that asks for these, its web configuration changing with the box.
    func door(web: SettingsBox? = nil, tokens: [PushToken] = []) throws -> Door {
        var source: WebSource?
        if let web {
            let file = try write("first", to: "web.yml")
            source = WebSource(file: file) { () throws(DoorError) in try web.get() }
        }
        return try Door(web: source, tokens: tokens, logger: Logger(label: "door") { [log] _ in log })
    }

    /// A door with TLS; the certificate and its key are `c.pem` and `k.pem`.
    func encrypted(_ configure: (inout ServerTLS) -> Void = { _ in }) throws -> (Door, SettingsBox) {
        try write(Certificates.certificate, to: "c.pem")
        try write(Certificates.key, to: "k.pem")
        var tls = ServerTLS()
        (tls.certificate, tls.key) = (.file(path("c.pem")), .file(path("k.pem")))
        configure(&tls)
        var settings = WebSettings()
        settings.tls = tls
        let box = SettingsBox(settings)
        return (try door(web: box), box)
    }
}

/// What a web configuration says, which a test can change.
final class SettingsBox: Sendable {
    private let content: Mutex<Result<WebSettings, DoorError>>

    init(_ settings: WebSettings) { content = Mutex(.success(settings)) }

    func get() throws(DoorError) -> WebSettings { try content.withLock(\.self).get() }

    func set(_ result: Result<WebSettings, DoorError>) { content.withLock { $0 = result } }
}
