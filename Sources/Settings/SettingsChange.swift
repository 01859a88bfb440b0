/// What a reload changes: the destinations of two configurations, told apart by their names, and what has to wait for a
/// restart.
public struct SettingsChange: Sendable, Equatable {
    /// The names of destinations that are new.
    public var added: [String]
    /// The names of those that are not there any more.
    public var removed: [String]
    /// The names of those that are configured differently now.
    public var changed: [String]
    /// The settings that stay as they were until a restart, though another value is configured.
    public var deferred: [SettingPath]

    /// What differs.
    public init(from old: Settings, to new: Settings) {
        let before = Dictionary(old.remoteWrite.map { ($0.displayName, $0) }) { first, _ in first }
        let names = Set(new.remoteWrite.map(\.displayName))
        added = new.remoteWrite.map(\.displayName).filter { before[$0] == nil }
        removed = old.remoteWrite.map(\.displayName).filter { !names.contains($0) }
        changed = new.remoteWrite.filter { (before[$0.displayName] ?? $0) != $0 }.map(\.displayName)
        deferred = old.listenAddress == new.listenAddress ? [] : ["listen_address"]
        if old.scrape != new.scrape { deferred.append("scrape") }
    }
}

extension Settings {
    /// These settings with what a running process keeps of its own: where it listens, and what it scrapes.
    public func keeping(from running: Settings) -> Settings {
        var settings = self
        settings.listenAddress = running.listenAddress
        settings.scrape = running.scrape
        return settings
    }
}

extension DestinationSettings {
    /// Whether requests get there as to the other one: the same server, by the same way, with the same credentials.
    public func isReached(as other: DestinationSettings) -> Bool { way == other.way }

    /// The settings without those that say nothing of how requests get there.
    private var way: DestinationSettings {
        var way = self
        let plain = DestinationSettings(url: url)
        way.name = nil
        way.required = plain.required
        way.protobufMessage = plain.protobufMessage
        way.sendExemplars = plain.sendExemplars
        way.sendNativeHistograms = plain.sendNativeHistograms
        way.metadata = plain.metadata
        way.relabelRules = plain.relabelRules
        way.maxCacheSize = plain.maxCacheSize
        way.failedRequestLogging = plain.failedRequestLogging
        way.queue = plain.queue
        return way
    }
}
