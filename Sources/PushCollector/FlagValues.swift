/// What the command line and the environment say, a flag beating its variable.
struct FlagValues {
    /// The values of one flag, and whose they are.
    struct Given: Equatable {
        /// `--log.level` or `PUSH_COLLECTOR_LOG_LEVEL`.
        var source: String
        var values: [String]
    }

    private var given: [FlagName: Given] = [:]

    /// Takes the flags that were given, and the variables of these flags for those that were not.
    ///
    /// An empty variable counts as none.
    init(_ flags: [(flag: FlagName, values: [String])], environment: [String: String]) throws(CommandError) {
        for (flag, values) in flags {
            if !values.isEmpty {
                given[flag] = Given(source: flag.name, values: values)
            } else if let text = environment[flag.variable], !text.isEmpty {
                given[flag] = Given(source: flag.variable, values: Self.values(of: flag, in: text))
            }
        }
    }

    /// The values of a flag; nil where it is not given.
    subscript(flag: FlagName) -> Given? { given[flag] }

    private static func values(of flag: FlagName, in text: String) -> [String] {
        guard flag.isRepeatable else { return [text] }
        return text.split(separator: ",").map { part in
            var value = part
            while value.first == " " { value.removeFirst() }
            while value.last == " " { value.removeLast() }
            return String(value)
        }
    }
}
