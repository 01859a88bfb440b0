import Telemetry

/// What this program is.
enum Version {
    static let number = "0.1.0"

    /// The commit it was built from, where the build tells.
    static let revision = "unknown"

    static var swift: String {
        #if compiler(>=6.4)
            "6.4"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    /// For `build_info`.
    static var buildInfo: BuildInfo { BuildInfo(version: number, swiftVersion: swift, revision: revision) }

    /// For `--version`.
    static var text: String { "push-collector \(number) (revision \(revision), Swift \(swift))" }
}
