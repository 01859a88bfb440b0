import Foundation
import Testing

@testable import Telemetry

@Suite struct ProcessStatusTests {
    private var files: ProcessStatus.Files {
        var files = ProcessStatus.Files()
        files.stat =
            "42 (a) b (c) S 1 42 42 0 -1 4194560 1000 0 0 0 150 75 0 0 20 0 5 0 12345 104857600 2560 18446744073709551615 1 1"
        files.status = "Name:\tpush-collector\nVmSize:\t  102400 kB\nVmRSS:\t   10240 kB\nThreads:\t5\n"
        files.limits =
            "Limit                     Soft Limit           Hard Limit           Units\n"
            + "Max open files            1024                 524288               files\n"
        files.system = "cpu  1 2 3\nbtime 1700000000\nprocesses 1\n"
        files.descriptors = 9
        return files
    }

    @Test func `what Linux says is read`() throws {
        let status = try #require(ProcessStatus(files))
        var page = ""
        for family in status.families { family.write(to: &page) }
        #expect(
            page.split(separator: "\n").filter { !$0.hasPrefix("#") } == [
                "process_cpu_seconds_total 2.25", "process_start_time_seconds 1700000123.45",
                "process_resident_memory_bytes 10485760", "process_virtual_memory_bytes 104857600",
                "process_open_fds 9",
                "process_max_fds 1024",
            ])
    }

    @Test func `no limit of descriptors is infinity`() throws {
        var files = files
        files.limits = "Max open files            unlimited            unlimited            files\n"
        var page = ""
        for family in try #require(ProcessStatus(files)).families { family.write(to: &page) }
        #expect(page.hasSuffix("\nprocess_max_fds +Inf\n"))
    }

    @Test func `what Linux does not say is nothing`() {
        #expect(ProcessStatus(.init()) == nil)
        var files = files
        files.stat = "42 (x) S 1"
        #expect(ProcessStatus(files) == nil)
    }

    @Test func `the page has the metrics of the process`() {
        let files = files
        let metrics = Metrics(build: BuildInfo(version: "", swiftVersion: "", revision: ""), destinations: []) {
            ProcessStatus(files) ?? ProcessStatus()
        }
        #expect(metrics.page().contains("\n# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total 2.25\n"))
    }
}
