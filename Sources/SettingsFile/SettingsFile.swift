public import Settings

/// A configuration file: YAML, strict, and every problem of it at once.
///
/// Keys are snake_case or camelCase. A key without a value is a problem, but for sections and `remote_write`, which
/// then are as if they were not there. Anchors, aliases, merge keys, tags and further documents are refused.
public struct SettingsFile: Sendable {
    /// A file may have so many bytes.
    public static let sizeLimit = 1 << 20

    /// The file's name, as it was given.
    public let name: String
    /// What the file sets, over the defaults; what it sets wrongly has its default.
    public let settings: Settings
    private let flaws: [Problem]
    private let refused: Set<SettingPath>
    private let positions: [SettingPath: Report.Position]

    /// Reads a file.
    ///
    /// - Parameter environment: the variables that `${NAME}` in the place of a secret means.
    /// - Throws: where it cannot be read, is too long, or is not the YAML of a configuration.
    public init(contentsOf path: String, environment: [String: String] = [:]) throws(SettingsFileError) {
        try self.init(try Self.text(of: path), name: path, environment: environment)
    }

    /// The bytes of a file of ordinary length.
    static func text(of path: String) throws(SettingsFileError) -> [UInt8] {
        switch FileContent.read(path, limit: sizeLimit + 1) {
        case .unreadable(let reason): throw .unreadable(file: path, reason: reason)
        case .bytes(let bytes) where bytes.count > sizeLimit: throw .tooLarge(file: path, limit: sizeLimit)
        case .bytes(let bytes): return bytes
        }
    }

    /// The tree of a file's text; nil where it holds no value.
    static func tree(of text: [UInt8], name: String) throws(SettingsFileError) -> Node? {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = text.starts(with: byteOrderMark) ? Array(text.dropFirst(3)) : text
        do throws(YAMLFlaw) {
            return try Composer.compose(text)
        } catch {
            throw .malformed(Problem(file: name, place: error.place(in: text), message: error.description))
        }
    }

    /// Reads the text of a file; paths in it are relative to the directory of its name.
    ///
    /// - Parameter environment: the variables that `${NAME}` in the place of a secret means.
    /// - Throws: where it is not the YAML of a configuration.
    public init(_ text: [UInt8], name: String, environment: [String: String] = [:]) throws(SettingsFileError) {
        let report = Report(file: name, environment: environment)
        var settings = Settings()
        var root = Section(root: try Self.tree(of: text, name: name), report: report)
        settings.read(&root)
        self.name = name
        self.settings = settings
        flaws = report.problems
        refused = report.refused
        positions = report.positions
    }

    /// The file's own problems and these contradictions, in the order of the file.
    ///
    /// A contradiction of a setting that is a problem already is left out: it stems from the default in its place.
    public func problems(with contradictions: [Contradiction] = []) -> [Problem] {
        let further = contradictions.compactMap { contradiction -> Problem? in
            let path = contradiction.path
            guard !ancestry(of: path).contains(where: refused.contains), !stemsFromNeighbour(contradiction)
            else { return nil }
            let position = ancestry(of: path).lazy.compactMap { positions[$0] }.first
            let isItsOwn = positions[path] != nil
            return Problem(
                file: name, place: position?.place ?? .start, path: isItsOwn ? position?.written ?? "" : path.text,
                message: contradiction.error.description)
        }
        return (flaws + further).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
    }

    /// Whether the file has a setting that is wrong, so that its default stands in for it.
    public func isRefused(_ path: SettingPath) -> Bool { refused.contains(path) }

    /// Whether what a contradiction misses may be a key beside it that is a problem already: a file that cannot be read.
    private func stemsFromNeighbour(_ contradiction: Contradiction) -> Bool {
        switch contradiction.error {
        case .missing, .needs:
            refused.contains { $0.parent == contradiction.path.parent || $0.parent == contradiction.path }
        default: false
        }
    }

    /// The path of a setting and those of all that it stands in, but for the whole file.
    private func ancestry(of path: SettingPath) -> [SettingPath] {
        Array(sequence(first: path, next: \.parent).prefix { !$0.text.isEmpty })
    }
}

extension SettingsFile {
    /// The paths of all keys that a file can have, `remote_write[].url` for instance, in the order they are read.
    package static var keys: [String] {
        let report = Report(file: "", isCatalog: true)
        var settings = Settings()
        var root = Section(root: nil, report: report)
        settings.read(&root)
        return report.keys.map(\.text)
    }

    /// The paths of all keys that are refused as not implemented yet.
    package static var unimplementedKeys: [String] {
        UnimplementedKeys.table.map { $0.path.isEmpty ? $0.name : "\($0.path).\($0.name)" }
    }

    /// The paths of all keys of Prometheus's that are refused as not supported.
    package static var unsupportedKeys: [String] { UnsupportedKeys.table.map { "\($0.path).\($0.name)" } }
}
