import ArgumentParser
import Bytes
import EmbeddedReceiver
import ServiceLifecycle
import Settings

/// `push-collector dev`: serves, and delivers to a receiver of its own that prints what arrives.
struct DevCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Take pushes, and print what would be delivered instead of delivering it.",
        discussion: "A receiver on loopback takes the place of remote_write. Samples go to standard output.")

    @OptionGroup var config: ConfigFlags
    @OptionGroup var web: WebFlags
    @OptionGroup var log: LogFlags

    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus {
        let flags = try FlagValues(config.values + web.values + log.values, environment: environment)
        let overrides = try Overrides(flags)
        let read: @Sendable () throws(CommandError) -> Configuration = { () throws(CommandError) in
            try Configuration(overrides, destinations: .replaced, environment: environment)
        }
        let configuration = try read()
        let settings = configuration.settings
        let logger = LogOutput.begin(settings.log)
        let receiver = RemoteWriteReceiver(
            host: "127.0.0.1", port: 0, print: { StandardStream.output.write($0 + "\n") }, logger: logger)
        let source = ReloadSource(
            read: { () throws(CommandError) in try read().settings }, isByRequest: overrides.enablesLifecycle)
        let development = Development(configuration, source, receiver: receiver, logger: logger) { address in
            let invitation = Invitation(address: address, pushgateway: settings.push.pushgateway)
            StandardStream.error.write(invitation.text)
        }
        let group = ServiceGroup(services: [receiver, development], logger: logger)
        do {
            try await StopSignals.run(group, logger: logger)
        } catch let error as CommandError {
            throw error
        } catch {
            // Why the collector ended stands in the log; why the receiver did, nowhere yet.
            guard let status = development.status else { throw .start("\(error)") }
            return status
        }
        return development.status ?? .success
    }
}
