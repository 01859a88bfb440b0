import Telemetry
import Testing

@testable import PushCollector

@Suite struct ProcessStatusProcTests {
    @Test func `this process has metrics`() throws {
        let metrics = Metrics(build: Version.buildInfo, destinations: [], process: ProcessStatus.read)
        let page = metrics.page()
        for name in ["cpu_seconds_total", "resident_memory_bytes", "start_time_seconds", "open_fds", "max_fds"] {
            let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("process_\(name) ") })
            let value = try #require(Double(line.split(separator: " ")[1]))
            #expect(value >= 0)
        }
        #expect(metrics.familyNames.filter { $0.hasPrefix("process_") }.count == 6)
    }
}
