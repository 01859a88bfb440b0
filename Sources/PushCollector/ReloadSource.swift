import Settings

/// Where a reload has its configuration from.
struct ReloadSource: Sendable {
    /// Reads it as the start did: the file, and over it flags and environment.
    var read: @Sendable () throws(CommandError) -> Settings
    /// Whether requests may ask for a reload, and for the end (`--web.enable-lifecycle`).
    var isByRequest = false
}
