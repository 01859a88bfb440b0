import ArgumentParser
import Bytes
import FoundationEssentials
import Glibc

/// The process: parses the command line, runs the command, and ends with its status.
@main
struct Program {
    static func main() async {
        // A peer that is gone is told by the write that fails.
        signal(SIGPIPE, SIG_IGN)
        exit(await run().rawValue)
    }

    private static func run() async -> ExitStatus {
        do {
            var command = try RootCommand.parseAsRoot()
            if let command = command as? any ProgramCommand {
                return try await command.execute(environment: ProcessInfo.processInfo.environment)
            }
            // Help is a command of its own.
            try command.run()
            return .success
        } catch let error as CommandError {
            for line in error.lines { StandardStream.error.write(line + "\n") }
            return error.status
        } catch {
            return end(parsing: error)
        }
    }

    /// Prints what the parser has to say: help and the version too.
    private static func end(parsing error: any Error) -> ExitStatus {
        let isClean = RootCommand.exitCode(for: error) == .success
        let message = RootCommand.fullMessage(for: error)
        if !message.isEmpty { (isClean ? StandardStream.output : .error).write(message + "\n") }
        return isClean ? .success : .usage
    }
}
