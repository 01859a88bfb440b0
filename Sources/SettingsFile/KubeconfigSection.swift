import Bytes

/// A mapping of a kubeconfig; the keys that nobody asks for are passed over, as `kubectl` does.
///
/// A flaw is told with file, place and key, and never with the value, which may be a secret.
struct KubeconfigSection {
    private let file: String
    private let path: String
    private let place: Place
    private let entries: [Node.Entry]

    /// The whole file.
    init(_ root: Node?, file: String) throws(Problem) {
        try self.init(root, file: file, path: "", place: root?.place ?? .start)
    }

    private init(_ node: Node?, file: String, path: String, place: Place) throws(Problem) {
        guard case .mapping(let entries) = node?.content else {
            let shape = node?.shape ?? "nothing"
            throw Problem(file: file, place: place, path: path, message: "expected a mapping, not \(shape)")
        }
        (self.file, self.path, self.place, self.entries) = (file, path, place, entries)
    }

    /// What is wrong with a key; where it is not there, its mapping is the place.
    func flaw(_ key: String, _ message: String) -> Problem {
        Problem(file: file, place: entry(key)?.place ?? place, path: joined(key), message: message)
    }

    /// Throws where a key says something.
    func refuse(_ key: String, _ message: String) throws(Problem) {
        guard let entry = entry(key), !entry.value.isNull else { return }
        if case .scalar("", _) = entry.value.content { return }
        throw flaw(key, message)
    }

    /// A text; an empty one is none.
    func text(_ key: String) throws(Problem) -> String? {
        guard let node = entry(key)?.value, !node.isNull else { return nil }
        guard case .scalar(let text, _) = node.content else { throw flaw(key, "expected a text, not \(node.shape)") }
        return text.isEmpty ? nil : text
    }

    /// A truth value; none is false.
    func flag(_ key: String) throws(Problem) -> Bool {
        switch try text(key) {
        case nil, "false": return false
        case "true": return true
        default: throw flaw(key, "expected true or false")
        }
    }

    /// The path of a file; a relative one is looked for beside the kubeconfig.
    func file(_ key: String) throws(Problem) -> String? {
        guard let text = try text(key) else { return nil }
        let folder = file.lastIndex(of: "/").map { file[...$0] } ?? ""
        return text.hasPrefix("/") ? text : folder + text
    }

    /// PEM, which stands there in Base64.
    func pem(_ key: String) throws(Problem) -> String? {
        guard let text = try text(key) else { return nil }
        guard let bytes = Base64.decode(Array(text.utf8)), let pem = String(validating: bytes, as: UTF8.self),
            pem.contains("-----BEGIN ")
        else { throw flaw(key, "expected PEM in Base64") }
        return pem
    }

    /// A mapping that has to be there.
    func section(_ key: String) throws(Problem) -> KubeconfigSection {
        let entry = entry(key)
        return try KubeconfigSection(entry?.value, file: file, path: joined(key), place: entry?.place ?? place)
    }

    /// The mappings of a list; without a list, none.
    func items(of list: String) throws(Problem) -> [KubeconfigSection] {
        guard let node = entry(list)?.value, !node.isNull else { return [] }
        guard case .sequence(let nodes) = node.content else { throw flaw(list, "expected a list, not \(node.shape)") }
        var items: [KubeconfigSection] = []
        for (index, node) in nodes.enumerated() {
            items.append(
                try KubeconfigSection(node, file: file, path: "\(joined(list))[\(index)]", place: node.place))
        }
        return items
    }

    /// What a list's first item of a name holds under a key.
    ///
    /// - Parameter asker: where the name was read, for the place of the flaw.
    func item(
        of list: String, named name: String, _ key: String, as asker: KubeconfigSection
    ) throws(Problem) -> KubeconfigSection {
        for item in try items(of: list) where try item.text("name") == name { return try item.section(key) }
        throw asker.flaw(asker.path.isEmpty ? "current-context" : key, "there is no such item in \(list)")
    }

    private func entry(_ key: String) -> Node.Entry? { entries.first { $0.key == key } }

    private func joined(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
