import Testing

@testable import Systemd

@Suite("How often the watchdog is told")
struct WatchdogIntervalTests {
    @Test func `at half of its time`() {
        #expect(WatchdogInterval.read(["WATCHDOG_USEC": "30000000"], process: 7) == .seconds(15))
        #expect(WatchdogInterval.read(["WATCHDOG_USEC": "2000", "WATCHDOG_PID": "7"], process: 7) == .milliseconds(1))
    }

    @Test(
        arguments: [
            [:], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "soon"], ["WATCHDOG_USEC": "3000", "WATCHDOG_PID": "8"],
        ] as [[String: String]])
    func `never where it does not watch this process`(environment: [String: String]) {
        #expect(WatchdogInterval.read(environment, process: 7) == nil)
    }
}
