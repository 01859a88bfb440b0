import Settings

/// What was found while a configuration was read: the problems, and where each setting stands.
final class Report {
    /// A setting of the file.
    struct Position {
        var place: Place
        /// The path in the file's own names.
        var written: String
    }

    let file: String
    /// Where files with a relative path are looked for; empty: in the working directory.
    let directory: String
    /// Whether lists are read as if they had one item, so that every key is asked for.
    let isCatalog: Bool
    private(set) var problems: [Problem] = []
    private(set) var refused: Set<SettingPath> = []
    private(set) var positions: [SettingPath: Position] = [:]
    /// Every key that was asked for, in order; items of lists without their number.
    private(set) var keys: [SettingPath] = []

    /// The variables that secrets may be in.
    let environment: [String: String]

    init(file: String, environment: [String: String] = [:], isCatalog: Bool = false) {
        self.file = file
        self.environment = environment
        self.isCatalog = isCatalog
        directory = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    func refuse(_ path: SettingPath, at position: Position, _ message: String) {
        refused.insert(path)
        problems.append(Problem(file: file, place: position.place, path: position.written, message: message))
    }

    /// Nothing more is said about a setting, of which something was wrong.
    func distrust(_ path: SettingPath) { refused.insert(path) }

    func note(_ path: SettingPath, at position: Position) { positions[path] = position }

    func list(_ key: SettingPath) { keys.append(key) }
}
