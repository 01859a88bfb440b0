import Settings

/// A value of a YAML text, and where it stands.
struct Node {
    indirect enum Content {
        /// A text; a plain one, without quotes, may mean a number, a truth value or nothing.
        case scalar(String, isPlain: Bool)
        case sequence([Node])
        case mapping([Entry])
    }

    /// A key of a mapping and its value.
    struct Entry {
        var key: String
        var place: Place
        var value: Node
    }

    var content: Content
    var place: Place

    /// Whether there is no value: nothing, `~` or `null`.
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// What kind of value it is, in words; of a text, what it says.
    var kind: String {
        if !isNull, case .scalar(let text, _) = content { return text.quoted }
        return shape
    }

    /// The same, of a text only that it is one: where a mapping belongs, it may be a secret that was written wrongly.
    var shape: String {
        switch content {
        case _ where isNull: "nothing"
        case .scalar: "a text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }
}
