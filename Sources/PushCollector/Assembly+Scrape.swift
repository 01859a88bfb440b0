import CurlTransport
import Delivery
import Discovery
import FoundationEssentials
import Logging
import Scraping
import Settings
import SettingsFile
import Telemetry

// Reading what others hold, beside taking what is pushed.
extension Assembly {
    /// Connections that are kept open to Pushgateways.
    private static let connections = 256

    /// Descriptors that scrapes may need: what is kept open, and as many that are being opened.
    static func scrapeDescriptors(_ settings: Settings) -> Int {
        settings.scrape.pushGateways.isEnabled ? 2 * connections : 0
    }

    /// What scrapes, where anything is to be scraped.
    static func scraper(
        _ settings: Settings, outbox: CurrentOutbox, metrics: Metrics, logger: Logger
    ) throws(CommandError) -> Fetcher? {
        guard settings.scrape.pushGateways.isEnabled else { return nil }
        var parts = try parts(settings, outbox: outbox, metrics: metrics, logger: logger)
        parts.share = try share(settings.scrape.pushGateways.clustering)
        parts.kubernetes = try server(settings.scrape.pushGateways.kubernetes)
        let thread = FetchThread(
            version: Version.number, connections: connections,
            bodyBudget: settings.push.pushgateway.limits.inflightSize.bytes)
        return Fetcher(thread: thread, clients: parts.clients) { [parts] in ScrapeLoop(parts) }
    }

    private static func parts(
        _ settings: Settings, outbox: CurrentOutbox, metrics: Metrics, logger: Logger
    ) throws(CommandError) -> ScrapeParts {
        do throws(SettingsError) {
            return try ScrapeParts(settings, outbox: outbox, metrics: metrics, logger: logger)
        } catch {
            throw .start("scrape.push_gateways: \(error)")
        }
    }

    private static func server(_ settings: KubernetesDiscovery) throws(CommandError) -> KubernetesServer? {
        guard settings.enabled else { return nil }
        if let file = settings.kubeconfigFile { return try server(kubeconfig: file) }
        guard let server = KubernetesServer(settings, environment: ProcessInfo.processInfo.environment) else {
            throw .start(
                "scrape.push_gateways.kubernetes: this is no pod of a cluster; give kubeconfig_file or api_server")
        }
        return server
    }

    /// The server of a kubeconfig, whose credentials may change; another server takes a restart, as all of `scrape` does.
    private static func server(kubeconfig file: String) throws(CommandError) -> KubernetesServer {
        do throws(SettingsFileError) {
            let read = try Kubeconfig(contentsOf: file)
            var client = FetchClient(read.client)
            client.source = .init(file: file) { bytes in
                let now = try Kubeconfig(bytes, name: file)
                guard now.server == read.server else {
                    throw SettingsFileError.unreadable(file: file, reason: "it names another server, for a restart")
                }
                if let flaw = now.client.tls.certificateContradictions(at: "").first {
                    throw SettingsFileError.unreadable(file: file, reason: flaw.error.description)
                }
                return now.client
            }
            return KubernetesServer(url: read.server, client: client)
        } catch {
            throw .start("scrape.push_gateways.kubernetes.kubeconfig_file: \(error)")
        }
    }

    private static func share(_ settings: Clustering) throws(CommandError) -> TargetShare {
        let host = ProcessInfo.processInfo.hostName
        guard let share = TargetShare(settings, host: host) else {
            throw .start(
                "scrape.push_gateways.clustering: the host's name, \(host), does not end in a number below replicas, "
                    + "\(settings.replicas); give index")
        }
        return share
    }
}
