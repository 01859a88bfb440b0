import FoundationEssentials
import Telemetry

extension ProcessStatus {
    /// What the system says about this process now; zeros where it has no `/proc`.
    @Sendable
    static func read() -> ProcessStatus {
        var files = Files()
        files.stat = text("/proc/self/stat")
        files.status = text("/proc/self/status")
        files.limits = text("/proc/self/limits")
        files.system = text("/proc/stat")
        files.descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return ProcessStatus(files) ?? ProcessStatus()
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
}
