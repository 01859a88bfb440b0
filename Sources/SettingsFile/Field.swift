import Settings

/// A value of the file, and what it is called.
struct Field {
    let node: Node
    let path: SettingPath
    /// The path in the file's own names.
    let written: String
    let report: Report

    var position: Report.Position { .init(place: node.place, written: written) }

    /// Says what is wrong, and has no value.
    func refuse<Value>(_ message: String) -> Value? {
        report.refuse(path, at: position, message)
        return nil
    }

    /// Says that something else was expected, and has no value.
    func expected<Value>(_ what: String) -> Value? { refuse("expected \(what), not \(node.kind)") }

    /// Says that a list or a mapping was expected, and has no value.
    func expectedShape<Value>(_ what: String) -> Value? { refuse("expected \(what), not \(node.shape)") }

    /// An entry of this mapping.
    func entry(_ entry: Node.Entry) -> Field {
        let written = "\(written).\(KeyName.printable(entry.key))"
        let field = Field(node: entry.value, path: path.key(entry.key), written: written, report: report)
        report.note(field.path, at: .init(place: entry.place, written: written))
        return field
    }

    /// An item of this list.
    func item(_ index: Int, _ node: Node) -> Field {
        let item = Field(node: node, path: path.item(index), written: "\(written)[\(index)]", report: report)
        report.note(item.path, at: item.position)
        return item
    }
}
