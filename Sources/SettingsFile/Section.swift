import Settings

/// A mapping of the file whose keys are taken out one by one; what is left at the end is refused.
struct Section {
    private let path: SettingPath
    private let written: String
    private let position: Report.Position
    private let report: Report
    private var entries: [Node.Entry]
    private var known: [String] = []

    /// The whole file; nil: an empty one.
    init(root: Node?, at path: SettingPath = "", report: Report) {
        self.init(node: root, path: path, at: .init(place: root?.place ?? .start, written: ""), report: report)
    }

    /// The mapping that a field is.
    init(_ field: Field) {
        self.init(node: field.node, path: field.path, at: field.position, report: field.report)
    }

    private init(node: Node?, path: SettingPath, at position: Report.Position, report: Report) {
        self.path = path
        self.written = position.written
        self.position = position
        self.report = report
        if case .mapping(let entries) = node?.content {
            self.entries = entries
        } else {
            entries = []
            if let node, !node.isNull { report.refuse(path, at: position, "expected a mapping, not \(node.shape)") }
        }
    }

    /// Reads a value, where the key is there and the value is right.
    mutating func read<Value>(_ name: String, into target: inout Value, as reading: Reading<Value>) {
        guard let field = take(name) else { return }
        if let value = reading.read(field) { target = value }
    }

    /// Reads a value that the defaults do not have, where the key is there and the value is right.
    mutating func read<Value>(_ name: String, into target: inout Value?, as reading: Reading<Value>) {
        guard let field = take(name) else { return }
        if let value = reading.read(field) { target = value }
    }

    /// Reads a value that has to be there.
    mutating func require<Value>(_ name: String, into target: inout Value, as reading: Reading<Value>) {
        let isThere = entries.contains { KeyName.matches(name, $0.key) }
        if !isThere, !report.refused.contains(path), !report.isCatalog {
            let place = Report.Position(place: position.place, written: joined(name))
            report.refuse(path.key(name), at: place, "is missing")
        }
        read(name, into: &target, as: reading)
    }

    /// Reads a mapping, or, where there is none, an empty one.
    mutating func section(_ name: String, _ read: (inout Section) -> Void) {
        let field = take(name, isLeaf: false)
        let position = field?.position ?? Report.Position(place: self.position.place, written: joined(name))
        var section = Section(node: field?.node, path: path.key(name), at: position, report: report)
        read(&section)
        section.finish()
    }

    /// Reads a mapping that means something by being there, over these defaults.
    mutating func optional<Value>(
        _ name: String, into target: inout Value?, or defaults: Value, _ read: (inout Value, inout Section) -> Void
    ) {
        let isThere = entries.contains { KeyName.matches(name, $0.key) && !$0.value.isNull }
        var value = defaults
        section(name) { read(&value, &$0) }
        if isThere { target = value }
    }

    /// Reads a list of mappings.
    mutating func items(_ name: String, _ read: (inout Section) -> Void) {
        let field = take(name, isLeaf: false)
        if report.isCatalog {
            let path = SettingPath("\(path.key(name))[]")
            var item = Section(node: nil, path: path, at: position, report: report)
            return read(&item)
        }
        guard let field, !field.node.isNull else { return }
        guard case .sequence(let nodes) = field.node.content else {
            let _: Void? = field.expectedShape("a list")
            return
        }
        for (index, node) in nodes.enumerated() {
            let item = field.item(index, node)
            if node.isNull { let _: Void? = item.expectedShape("a mapping") }
            var section = Section(node: node, path: item.path, at: item.position, report: report)
            read(&section)
            section.finish()
        }
    }

    private mutating func take(_ name: String, isLeaf: Bool = true) -> Field? {
        known.append(name)
        if isLeaf { report.list(path.key(name)) }
        guard let index = entries.firstIndex(where: { KeyName.matches(name, $0.key) }) else { return nil }
        let entry = entries.remove(at: index)
        for again in entries where KeyName.matches(name, again.key) {
            refuse(again, "is there twice, first in line \(entry.place.line)")
        }
        entries.removeAll { KeyName.matches(name, $0.key) }
        let field = Field(node: entry.value, path: path.key(name), written: joined(entry.key), report: report)
        report.note(field.path, at: field.position)
        return field
    }

    /// Whether the file has a key that was not read yet.
    func has(_ name: String) -> Bool { entries.contains { KeyName.matches(name, $0.key) } }

    /// Refuses a value that was read already.
    func refuse(_ name: String, _ message: String) {
        let path = path.key(name)
        report.refuse(path, at: report.positions[path] ?? position, message)
    }

    /// Refuses the keys that nobody asked for.
    func finish() {
        for entry in entries {
            let later = UnimplementedKeys.under(path)
            if let (_, why) = UnsupportedKeys.under(path).first(where: { KeyName.matches($0.name, entry.key) }) {
                refuse(entry, "not supported (\(why))")
            } else if let (_, what) = later.first(where: { KeyName.matches($0.name, entry.key) }) {
                refuse(entry, "not implemented yet (\(what))")
            } else if let near = KeyName.nearest(to: entry.key, among: known + later.map(\.name)) {
                refuse(entry, "unknown key; did you mean \(near)?")
            } else {
                refuse(entry, "unknown key; possible here: \(known.joined(separator: ", "))")
            }
        }
    }

    private func refuse(_ entry: Node.Entry, _ message: String) {
        report.refuse(path.key(entry.key), at: .init(place: entry.place, written: joined(entry.key)), message)
    }

    private func joined(_ key: String) -> String {
        let key = KeyName.printable(key)
        return written.isEmpty ? key : "\(written).\(key)"
    }
}
