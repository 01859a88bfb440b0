import Bytes

/// The files that certificates and tokens are in, and what they last held.
struct WatchedDoorFiles: Sendable {
    private var files: [String: WatchedFile] = [:]

    /// Whether there is none.
    var isEmpty: Bool { files.isEmpty }

    /// Keeps to these files; what is known of those among them that it has already counts on.
    mutating func keep(to paths: [String]) {
        files = files.filter { paths.contains($0.key) }
        for path in paths where files[path] == nil {
            var file = WatchedFile(path: path)
            _ = file.review()
            files[path] = file
        }
    }

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

    /// What a file last held, without the blanks around it; nil where it holds nothing that can be used.
    func text(_ path: String) -> String? { files[path]?.text }

    /// What a file holds.
    ///
    /// - Throws: where it holds nothing that can be used.
    func bytes(_ path: String) throws(DoorError) -> [UInt8] {
        guard let file = files[path], let bytes = file.content else {
            throw DoorError("\(path) cannot be used: \(files[path]?.problem ?? "it is not watched")")
        }
        return bytes
    }
}
