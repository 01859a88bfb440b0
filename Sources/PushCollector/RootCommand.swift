import ArgumentParser

/// `push-collector`: without a command it serves.
struct RootCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push-collector",
        abstract: "Takes pushes as the Prometheus Pushgateway does, and forwards them by remote write.",
        discussion: """
            Without a command it serves, with these flags:

            \(flags)

            Each flag can also be given as a variable of the environment, PUSH_COLLECTOR_REMOTE_WRITE_URL for \
            --remote-write.url; where both are given, the flag counts. Both beat the configuration file.

            Exit status: 0 stopped with everything delivered, 1 wrong configuration or no start, 2 wrong usage, \
            3 stopped with samples undelivered.
            """,
        version: Version.text,
        subcommands: [ServeCommand.self, CheckCommand.self, DevCommand.self, ReceiverCommand.self],
        defaultSubcommand: ServeCommand.self)

    /// The flags of `serve`, a line each.
    private static var flags: String {
        let flags = FlagName.allCases.filter { $0 != .live }
        let width = flags.map(\.name.count).max() ?? 0
        return flags.map { flag in
            "  \(flag.name)\(String(repeating: " ", count: width - flag.name.count))  \(flag.help)"
        }.joined(separator: "\n")
    }
}
