/// Why a command ends before its time; the texts are for people, a line each.
enum CommandError: Error, Equatable {
    /// A flag or a variable of the environment is wrong.
    case usage(String)
    /// The configuration is wrong.
    case configuration([String])
    /// Something else is in the way.
    case start(String)

    var status: ExitStatus {
        switch self {
        case .usage: .usage
        case .configuration, .start: .failure
        }
    }

    /// The lines to print.
    var lines: [String] {
        switch self {
        case .usage(let message): ["push-collector: \(message)", "See push-collector --help."]
        case .configuration(let messages): messages
        case .start(let message): ["push-collector: \(message)"]
        }
    }
}
