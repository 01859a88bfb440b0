/// Where a setting stands: `remote_write[0].queue_config.min_backoff`.
public struct SettingPath: Sendable, Hashable {
    /// The path in the names that the documentation uses.
    public let text: String

    /// The path of this text; empty: the whole configuration.
    public init(_ text: String) { self.text = text }

    /// A key of the mapping at this path.
    public func key(_ name: String) -> Self { .init(text.isEmpty ? name : "\(text).\(name)") }

    /// An item of the list at this path.
    public func item(_ index: Int) -> Self { .init("\(text)[\(index)]") }

    /// The mapping or list that holds this setting; nil for the whole configuration.
    public var parent: Self? {
        guard !text.isEmpty else { return nil }
        guard let end = text.lastIndex(where: { $0 == "." || $0 == "[" }) else { return .init("") }
        return .init(String(text[..<end]))
    }
}

extension SettingPath: ExpressibleByStringInterpolation, CustomStringConvertible {
    /// The path of this text.
    public init(stringLiteral text: String) { self.init(text) }

    /// The path in the names that the documentation uses.
    public var description: String { text }
}
