/// A text that nobody is shown: printed in any way, it is `<secret>`.
public struct Secret: Sendable, Hashable {
    /// The text itself, for the one place that needs it.
    public let revealed: String

    /// Keeps a text from being shown.
    public init(_ text: String) { revealed = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `<secret>`.
    public var description: String { "<secret>" }

    /// `<secret>`.
    public var debugDescription: String { description }

    /// Nothing of what is inside, so that `dump` and the description of what holds a secret do not tell it.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Where a secret is: in the configuration, or in a file of its own that may change.
public enum Credential: Sendable, Hashable {
    /// In the configuration.
    case text(Secret)
    /// In a file of this path; what stands around it, blanks and ends of lines, does not belong to it.
    case file(String)

    /// The one of two keys that is set; nil where neither is.
    public init?(_ text: Secret?, file: String?) {
        if let text {
            self = .text(text)
        } else if let file {
            self = .file(file)
        } else {
            return nil
        }
    }
}
