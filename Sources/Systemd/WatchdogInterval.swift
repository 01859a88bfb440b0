/// How often a service manager wants to hear that the service is alive (`sd_watchdog_enabled(3)`).
public enum WatchdogInterval {
    /// Half of the time after which it takes the process of this number for dead; nil where it does not watch.
    public static func read(_ environment: [String: String], process: Int) -> Duration? {
        guard let microseconds = environment["WATCHDOG_USEC"].flatMap({ Int($0) }), microseconds > 1 else { return nil }
        if let watched = environment["WATCHDOG_PID"], Int(watched) != process { return nil }
        return .microseconds(microseconds / 2)
    }
}
