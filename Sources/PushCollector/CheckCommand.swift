import ArgumentParser
import Bytes
import Ingest
import Logging
import Settings

/// `push-collector check`: reads the configuration as `serve` would, and says everything that is wrong with it.
struct CheckCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration: print every error, or where samples would go.",
        discussion: "With --live it asks a running collector instead, and exits with 0 where that is ready.")

    @OptionGroup var config: ConfigFlags
    @OptionGroup var destinations: DestinationFlags
    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    @Flag(name: .customLong(FlagName.live.rawValue), help: .init(FlagName.live.help))
    var live = false

    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus {
        let own: [(flag: FlagName, values: [String])] = [(.live, live ? ["true"] : [])]
        let flags = try FlagValues(
            config.values + destinations.values + web.values + log.values + own, environment: environment)
        let overrides = try Overrides(flags)
        if try Overrides.isOn(flags[.live]) {
            let addresses = try Configuration.listenAddresses(overrides, environment: environment)
            return await Self.ask(addresses, StandardStream.output.write)
        }
        let configuration = try Configuration(overrides, destinations: .needed, environment: environment)
        _ = try configuration.door(logger: Logger(label: "check"))
        StandardStream.output.write(Self.summary(of: configuration) + "\n")
        return .success
    }

    /// What a right configuration means, in one line.
    static func summary(of configuration: Configuration) -> String {
        let settings = configuration.settings
        let addresses = settings.listenAddress.map(\.description).joined(separator: ", ")
        let destinations = settings.remoteWrite.map { "\($0.displayName) (\($0.redactedURL))" }.joined(separator: ", ")
        return "\(configuration.file ?? "flags"): OK: listens at \(addresses), delivers to \(destinations)"
    }

    /// Asks the collector that listens at these addresses, at one after the other until one says that it is ready, and
    /// says in one line what came of it.
    static func ask(_ addresses: [ListenAddress], _ say: (String) -> Void) async -> ExitStatus {
        var refusals: [String] = []
        for address in addresses {
            switch await ReadinessProbe(address).ask() {
            case .ready(let text):
                say("\(address): ready: \(text)\n")
                return .success
            case .notReady(let why): refusals.append("\(address): not ready: \(why)")
            }
        }
        say(refusals.joined(separator: "; ") + "\n")
        return .failure
    }
}
