/// How the process ends.
enum ExitStatus: Int32 {
    /// Everything was delivered, or there was nothing to do.
    case success = 0
    /// The configuration is wrong, or the program could not start.
    case failure = 1
    /// The command line or the environment is wrong.
    case usage = 2
    /// Stopped with samples undelivered.
    case undelivered = 3
}
