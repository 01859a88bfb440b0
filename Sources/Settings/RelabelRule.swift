/// One rule of `relabel_configs` or `write_relabel_configs`, as Prometheus has it.
public struct RelabelRule: Sendable, Hashable {
    /// The labels whose values, joined by the separator, the rule looks at.
    public var sourceLabels: [String] = []
    /// What stands between those values.
    public var separator = ";"
    /// What the values, or the names of labels, are to match: RE2, anchored on both sides.
    public var regex = Self.anything
    /// Into how many parts `hashmod` shares series out; it needs one.
    public var modulus = 0
    /// The label that is set; `$1` stands for a group in the rule `replace`.
    public var targetLabel = ""
    /// What it is set to; `$1` stands for a group.
    public var replacement = Self.firstGroup
    /// What the rule does.
    public var action = RelabelAction.replace

    /// The regex that a rule has by default.
    public static let anything = "(.*)"
    /// The replacement that a rule has by default.
    public static let firstGroup = "$1"

    /// The defaults: `replace`, which needs a target.
    public init() {}
}

/// `action` of a rule; upper and lower case mean the same.
public enum RelabelAction: String, Sendable, Hashable, CaseIterable {
    case replace, keep, drop, keepequal, dropequal, hashmod, labelmap, labeldrop, labelkeep, lowercase, uppercase
}
