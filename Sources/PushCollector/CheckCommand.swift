import ArgumentParser
import Bytes
import Logging
import Settings

/// `push-collector check`: reads the configuration as `serve` would, and says everything that is wrong with it.
struct CheckCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration: print every error, or where samples would go.")

    @OptionGroup var config: ConfigFlags
    @OptionGroup var destinations: DestinationFlags
    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    @Flag(name: .customLong(FlagName.live.rawValue), help: .init(FlagName.live.help, visibility: .hidden))
    var live = false

    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus {
        let own: [(flag: FlagName, values: [String])] = [(.live, live ? ["true"] : [])]
        let flags = try FlagValues(
            config.values + destinations.values + web.values + log.values + own, environment: environment)
        let configuration = try Configuration(try Overrides(flags), destinations: .needed, environment: environment)
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
}
