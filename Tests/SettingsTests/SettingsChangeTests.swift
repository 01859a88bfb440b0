import Testing

@testable import Settings

@Suite("What a reload changes")
struct SettingsChangeTests {
    private func settings(_ names: String..., change: (inout Settings) -> Void = { _ in }) -> Settings {
        var settings = Settings()
        settings.remoteWrite = names.map { name in
            var destination = DestinationSettings(url: "http://\(name).test/write")
            destination.name = name
            return destination
        }
        change(&settings)
        return settings
    }

    @Test func `destinations are told apart by their names`() {
        let change = SettingsChange(
            from: settings("stays", "changes", "goes"),
            to: settings("comes", "changes", "stays") { $0.remoteWrite[1].remoteTimeout = .seconds(7) })
        #expect(change.added == ["comes"])
        #expect(change.removed == ["goes"])
        #expect(change.changed == ["changes"])
        #expect(change.deferred == [])
    }

    @Test func `without a name another url is another destination`() {
        var (old, new) = (settings("a"), settings("b"))
        (old.remoteWrite[0].name, new.remoteWrite[0].name) = (nil, nil)
        let change = SettingsChange(from: old, to: new)
        #expect(change.added == [new.remoteWrite[0].displayName])
        #expect(change.removed == [old.remoteWrite[0].displayName])
        #expect(change.changed == [])
    }

    @Test func `where it listens and what it scrapes stays until a restart`() {
        let old = settings("a")
        let new = settings("a") {
            $0.listenAddress = [.unix(path: "/run/x")]
            $0.scrape.pushGateways.jobLabel = "other"
            $0.log.level = .debug
        }
        #expect(SettingsChange(from: old, to: new).deferred == ["listen_address", "scrape"])
        let applied = new.keeping(from: old)
        #expect(applied.listenAddress == old.listenAddress)
        #expect(applied.scrape == old.scrape)
        #expect(applied.log.level == .debug)
    }

    struct Case: Sendable {
        var isAlike: Bool
        var change: @Sendable (inout DestinationSettings) -> Void

        init(_ isAlike: Bool, _ change: @escaping @Sendable (inout DestinationSettings) -> Void) {
            (self.isAlike, self.change) = (isAlike, change)
        }
    }

    @Test(arguments: [
        Case(false) { $0.url += "/other" }, Case(false) { $0.remoteTimeout = .seconds(1) },
        Case(false) { $0.bearerToken = Secret("t") }, Case(false) { $0.tls.insecureSkipVerify = true },
        Case(false) { $0.bearerTokenFile = "/t" }, Case(false) { $0.enableHTTP2 = true },
        Case(false) { $0.proxy.fromEnvironment = true }, Case(false) { $0.followRedirects = false },
        Case(true) { $0.name = "other" }, Case(true) { $0.required = false }, Case(true) { $0.sendExemplars = true },
        Case(true) { $0.protobufMessage = .version2 }, Case(true) { $0.queue.maxBackoff = .seconds(9) },
        Case(true) { $0.metadata.send = false }, Case(true) { $0.relabelRules = [RelabelRule()] },
        Case(true) { $0.maxCacheSize = 1 }, Case(true) { $0.failedRequestLogging = true },
    ])
    func `the way to a destination is its server, its transport and its credentials`(test: Case) {
        let destination = settings("a").remoteWrite[0]
        var other = destination
        test.change(&other)
        #expect(other != destination)
        #expect(other.isReached(as: destination) == test.isAlike)
    }
}
