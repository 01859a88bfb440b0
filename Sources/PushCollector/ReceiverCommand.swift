import ArgumentParser
import Bytes
import EmbeddedReceiver
import Logging
import ServiceLifecycle
import Settings

/// `push-collector receiver`: a remote-write receiver that prints what arrives.
struct ReceiverCommand: ProgramCommand {
    static let configuration = CommandConfiguration(
        commandName: "receiver",
        abstract: "Receive remote write and print the samples, or why a request is refused.",
        discussion: "Samples go to standard output. It keeps nothing, and is no place to deliver to for good.")

    static let defaultAddress = "127.0.0.1:3031"

    @Option(
        name: .customLong(FlagName.webListenAddress.rawValue),
        help: .init("Where to listen; \(defaultAddress) unless given.", valueName: "address"))
    var address: String?

    @OptionGroup var log: LogFlags

    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus {
        let own: [(flag: FlagName, values: [String])] = [(.webListenAddress, address.map { [$0] } ?? [])]
        let values = try FlagValues(own + log.values, environment: environment)
        let overrides = try Overrides(values)
        var settings = Settings()
        settings.listenAddress = [.tcp(host: "127.0.0.1", port: 3031)]
        overrides.apply(to: &settings)
        guard case .tcp(let host, let port)? = settings.listenAddress.first, settings.listenAddress.count == 1 else {
            throw .usage("\(values[.webListenAddress]?.source ?? ""): the receiver listens at one host and port")
        }
        let logger = LogOutput.begin(settings.log)
        let receiver = RemoteWriteReceiver(
            host: host, port: port, print: { StandardStream.output.write($0 + "\n") }, logger: logger)
        // Where it cannot listen, `run` says why.
        if let port = await receiver.boundPort() {
            let address = ListenAddress.tcp(host: host, port: port)
            logger.info("receiver listens", metadata: ["url": "http://\(address)/api/v1/write"])
        }
        let group = ServiceGroup(services: [receiver], logger: logger)
        do {
            try await StopSignals.run(group, logger: logger)
        } catch {
            throw .start("listen \(settings.listenAddress[0]): \(error)")
        }
        return .success
    }
}
