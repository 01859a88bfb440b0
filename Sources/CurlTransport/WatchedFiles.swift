import Bytes
import Settings

/// The files that a destination's credentials and certificates are in.
struct WatchedFiles {
    private var files: [String: WatchedFile]

    /// The files of these paths; of each, what it holds now.
    init(_ paths: [String]) {
        files = Dictionary(paths.map { ($0, WatchedFile(path: $0)) }, uniquingKeysWith: { first, _ in first })
        for path in files.keys { _ = files[path]?.review() }
    }

    var isEmpty: Bool { files.isEmpty }

    /// Looks at all files.
    ///
    /// - Returns: whether one holds something else, and those that have become unusable.
    mutating func review() -> (isChanged: Bool, unusable: [(file: String, reason: String)]) {
        var isChanged = false
        var unusable: [(file: String, reason: String)] = []
        for path in files.keys.sorted() {
            switch files[path]?.review() {
            case .content: isChanged = true
            case .unusable(let reason): unusable.append((path, reason))
            case .some(.none), nil: break
            }
        }
        return (isChanged, unusable)
    }

    /// Why each file that cannot be used cannot.
    var problems: [(file: String, reason: String)] {
        files.values.compactMap { file in file.problem.map { (file.path, $0) } }.sorted { $0.file < $1.file }
    }

    /// What a file last held; nil where it holds nothing that can be used.
    func text(_ path: String) -> String? { files[path]?.text }

    /// What a credential is now.
    func reveal(_ credential: Credential) throws(Withheld) -> String {
        switch credential {
        case .text(let secret): return secret.revealed
        case .file(let path):
            guard let text = text(path) else { throw unusable(path) }
            return text
        }
    }

    /// What a credential is now, as far as it can stand in a header.
    func revealInHeader(_ credential: Credential) throws(Withheld) -> String {
        let text = try reveal(credential)
        guard text.isHeaderValue else {
            // Where the configuration holds it, it may have come from the environment.
            throw Withheld("\(credential.place) has more than one line")
        }
        return text
    }

    /// The bytes of a text or a file; nil where there is neither.
    func bytes(_ text: String?, file path: String?) throws(Withheld) -> [UInt8]? {
        if let text { return Array(text.utf8) }
        guard let path else { return nil }
        guard let bytes = files[path]?.content else { throw unusable(path) }
        return bytes
    }

    private func unusable(_ path: String) -> Withheld {
        Withheld("\(path) cannot be used: \(files[path]?.problem ?? "it is not watched")")
    }
}

extension Credential {
    fileprivate var place: String {
        switch self {
        case .text: "a credential of the configuration"
        case .file(let path): path
        }
    }
}
