import CurlTransport
import FoundationEssentials
import Ingest
import Relabeling
import Settings
import SettingsFile

/// The settings that a command runs with, and the file that they come from.
struct Configuration {
    static let noDestination =
        "remote_write: at least one destination is needed; to try it without one, run push-collector dev"

    /// Whether a destination has to be given.
    enum Destinations {
        case needed, replaced
    }

    var settings: Settings
    /// The file's name; nil: there is none.
    var file: String?
    /// Where the server's own configuration comes from; nil: there is none.
    var web: WebSource?

    /// These settings, without a file.
    init(_ settings: Settings) { self.settings = settings }

    /// Reads the file that is named, or else the default one where it exists, and puts the overrides over it.
    ///
    /// - Throws: every problem, in the order of the file, each a line.
    init(
        _ overrides: Overrides, destinations: Destinations, environment: [String: String] = [:],
        defaultFile: String = "collector.yaml"
    ) throws(CommandError) {
        let isThere = FileManager.default.fileExists(atPath: defaultFile)
        file = overrides.configFile ?? (isThere ? defaultFile : nil)
        let read = try Self.read(file, environment)
        settings = read?.settings ?? Settings()
        overrides.apply(to: &settings)
        let problems = Self.problems(of: settings, read, overrides)
        var lines = problems
        let isRefused = read?.isRefused("remote_write") ?? false
        if destinations == .needed, settings.remoteWrite.isEmpty, !isRefused { lines.append(Self.noDestination) }
        web = overrides.webConfigFile.map { file in
            WebSource(file: file) { () throws(DoorError) in try Self.readWeb(file) }
        }
        lines += Self.flaws(ofWeb: overrides.webConfigFile)
        guard lines.isEmpty else { throw .configuration(lines) }
    }

    /// Where a collector with this configuration listens, whatever else may be wrong with it.
    static func listenAddresses(
        _ overrides: Overrides, environment: [String: String] = [:], defaultFile: String = "collector.yaml"
    ) throws(CommandError) -> [ListenAddress] {
        var settings = Settings()
        if overrides.source(of: "listen_address") == nil {
            let isThere = FileManager.default.fileExists(atPath: defaultFile)
            let file = try read(overrides.configFile ?? (isThere ? defaultFile : nil), environment)
            if let file, file.isRefused("listen_address") { throw .configuration(file.problems().map(\.description)) }
            settings = file?.settings ?? settings
        }
        overrides.apply(to: &settings)
        return settings.listenAddress
    }

    private static func read(_ file: String?, _ environment: [String: String]) throws(CommandError) -> SettingsFile? {
        guard let file else { return nil }
        do throws(SettingsFileError) {
            return try SettingsFile(contentsOf: file, environment: environment)
        } catch {
            throw .configuration([error.description])
        }
    }

    /// What cannot be used of the certificates and keys that a kubeconfig has or names.
    private static func kubeconfigContradictions(of settings: KubernetesDiscovery) -> [Contradiction] {
        guard let file = settings.kubeconfigFile, let kubeconfig = try? Kubeconfig(contentsOf: file) else { return [] }
        let path = SettingPath("scrape.push_gateways.kubernetes.kubeconfig_file")
        return kubeconfig.client.tls.certificateContradictions(at: path).map { .init(path, $0.error) }
    }

    /// The problems of the file, and the contradictions where they were caused.
    private static func problems(of settings: Settings, _ file: SettingsFile?, _ overrides: Overrides) -> [String] {
        var ofFile: [Contradiction] = []
        var lines: [String] = []
        let contradictions =
            settings.contradictions + settings.regexContradictions + settings.certificateContradictions
            + kubeconfigContradictions(of: settings.scrape.pushGateways.kubernetes)
        for contradiction in contradictions {
            if let source = overrides.source(of: contradiction.path) {
                lines.append("\(source): \(contradiction.error)")
            } else {
                ofFile.append(contradiction)
            }
        }
        guard let file else { return lines + ofFile.map(\.description) }
        return file.problems(with: ofFile).map(\.description) + lines
    }
}
