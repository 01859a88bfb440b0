/// What the system says about this process.
public struct ProcessStatus: Sendable, Equatable {
    /// What Linux writes about a process; see proc(5).
    public struct Files: Sendable {
        /// `/proc/self/stat`.
        public var stat = ""
        /// `/proc/self/status`.
        public var status = ""
        /// `/proc/self/limits`.
        public var limits = ""
        /// `/proc/stat`.
        public var system = ""
        /// How many entries `/proc/self/fd` has.
        public var descriptors = 0

        /// Empty files.
        public init() {}
    }

    /// CPU time used so far, in hundredths of a second.
    var cpuTicks = 0
    /// When the process started, in hundredths of a second since the epoch.
    var startTicks = 0
    var residentBytes = 0
    var virtualBytes = 0
    var openDescriptors = 0
    /// nil: there is no limit.
    var maxDescriptors: Int? = 0

    /// Nothing is known: zeros.
    public init() {}

    /// Reads the files; nil where they say something else than Linux does.
    public init?(_ files: Files) {
        // The second field is the program's name in parentheses, which may hold blanks and parentheses itself.
        guard let name = files.stat.lastIndex(of: ")") else { return nil }
        let fields = files.stat[name...].split(separator: " ").dropFirst().map { Int($0) }
        guard fields.count > 20, let user = fields[11], let system = fields[12], let start = fields[19],
            let size = fields[20], let resident = Self.number(after: "VmRSS:", in: files.status),
            let boot = Self.number(after: "btime", in: files.system)
        else { return nil }
        // Since Linux 2.6 these are hundredths of a second, whatever the kernel's own clock.
        cpuTicks = user + system
        startTicks = boot * 100 + start
        residentBytes = resident << 10
        virtualBytes = size
        openDescriptors = files.descriptors
        maxDescriptors = Self.number(after: "Max open files", in: files.limits)
    }

    private static func number(after key: String, in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
        return line?.dropFirst(key.count).split(whereSeparator: { $0 == " " || $0 == "\t" }).first.flatMap { Int($0) }
    }

    /// When the process started, in ms since the epoch; 0: nobody knows.
    public var started: Int64 { Int64(startTicks) * 10 }

    /// The standard metrics of a process.
    var families: [MetricFamily] {
        [
            MetricFamily(
                .counter, "process_cpu_seconds_total", "CPU time that the process has used.", Self.seconds(cpuTicks)),
            MetricFamily(
                .gauge, "process_start_time_seconds", "When the process started, since the epoch.",
                Self.seconds(startTicks)),
            MetricFamily(.gauge, "process_resident_memory_bytes", "Memory of the process in RAM.", residentBytes),
            MetricFamily(.gauge, "process_virtual_memory_bytes", "Memory of the process that is mapped.", virtualBytes),
            MetricFamily(.gauge, "process_open_fds", "Descriptors that the process has open.", openDescriptors),
            MetricFamily(
                .gauge, "process_max_fds", "Descriptors that the process may have open.",
                [.init(labels: [], value: maxDescriptors.map(String.init) ?? "+Inf")]),
        ]
    }

    private static func seconds(_ ticks: Int) -> [MetricFamily.Series] {
        let (seconds, rest) = ticks.quotientAndRemainder(dividingBy: 100)
        return [.init(labels: [], value: "\(seconds).\(rest < 10 ? "0" : "")\(rest)")]
    }
}
