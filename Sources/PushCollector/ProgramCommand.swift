import ArgumentParser

/// A command of the program.
protocol ProgramCommand: ParsableCommand {
    /// Does what the command is for.
    ///
    /// - Parameter environment: the variables of the process.
    func execute(environment: [String: String]) async throws(CommandError) -> ExitStatus
}
