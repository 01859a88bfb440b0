public import Settings

/// The file of `--web.config.file`: YAML in the format of Prometheus's exporter-toolkit, as strict as `SettingsFile`.
///
/// Paths in it are relative to its directory. An empty file asks for nothing.
public struct WebSettingsFile: Sendable {
    /// The file's name, as it was given.
    public let name: String
    /// What the file sets, over the defaults.
    public let settings: WebSettings
    /// Everything that is wrong with it, in the order of the file.
    public let problems: [Problem]

    /// Reads a file.
    ///
    /// - Throws: where it cannot be read, is too long, or is not YAML.
    public init(contentsOf path: String) throws(SettingsFileError) {
        try self.init(try SettingsFile.text(of: path), name: path)
    }

    /// Reads the text of a file.
    ///
    /// - Throws: where it is not YAML.
    public init(_ text: [UInt8], name: String) throws(SettingsFileError) {
        let report = Report(file: name)
        var settings = WebSettings()
        // Apart from the collector's own keys, which it has none of.
        var root = Section(root: try SettingsFile.tree(of: text, name: name), at: "web", report: report)
        settings.read(&root)
        self.name = name
        self.settings = settings
        problems = report.problems.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }
}
