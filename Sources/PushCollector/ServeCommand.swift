import ArgumentParser
import Glibc
import Settings

/// `push-collector serve`, or without a command: takes pushes and delivers them.
struct ServeCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Take pushes and deliver them (what happens without a command).")

    @OptionGroup var config: ConfigFlags
    @OptionGroup var destinations: DestinationFlags
    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus {
        // Until reloads are listened for, one that comes early is none, and not the end.
        signal(SIGHUP, SIG_IGN)
        let flags = try FlagValues(
            config.values + destinations.values + web.values + log.values, environment: environment)
        let overrides = try Overrides(flags)
        let read: @Sendable () throws(CommandError) -> Configuration = { () throws(CommandError) in
            try Configuration(overrides, destinations: .needed, environment: environment)
        }
        let configuration = try read()
        let supervision = try Supervision.take(from: environment)
        let logger = LogOutput.begin(configuration.settings.log)
        let source = ReloadSource(
            read: { () throws(CommandError) in try read().settings }, isByRequest: overrides.enablesLifecycle)
        return try await Assembly(configuration, logger: logger, reload: source, under: supervision).run()
    }
}
