/// A setting that makes no sense, alone or beside the others.
public struct Contradiction: Sendable, Equatable {
    /// Where it stands.
    public let path: SettingPath
    /// What is wrong with it.
    public let error: SettingsError

    /// Something wrong at a place.
    public init(_ path: SettingPath, _ error: SettingsError) {
        self.path = path
        self.error = error
    }
}

extension Contradiction: CustomStringConvertible {
    /// The place and what is wrong.
    public var description: String { "\(path): \(error)" }
}
