import Settings

/// The keys that are documented but not implemented yet.
///
/// A key leaves this table in the change that implements it.
enum UnimplementedKeys {
    /// The mapping that the keys stand in, with `[]` for an item of a list; the key; what it is for.
    static let table: [(path: String, name: String, what: String)] = []

    /// The keys of a mapping.
    static func under(_ path: SettingPath) -> [(name: String, what: String)] {
        let general = path.general
        return table.filter { $0.path == general }.map { ($0.name, $0.what) }
    }
}
