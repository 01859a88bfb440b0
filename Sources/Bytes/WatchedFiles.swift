/// Files that may change while the process runs: credentials and certificates, and what they last held.
public struct WatchedFiles: Sendable {
    private var files: [String: WatchedFile] = [:]
    private let judges: [String: WatchedFile.Judge]

    /// The files of these paths; of each, what it holds now.
    ///
    /// - Parameter judges: who says, by path, whether what a file holds can be used; where it cannot, what it held counts on.
    public init(_ paths: [String] = [], judgedBy judges: [String: WatchedFile.Judge] = [:]) {
        self.judges = judges
        keep(to: paths)
    }

    /// Whether there is none.
    public var isEmpty: Bool { files.isEmpty }

    /// Keeps to these files; what is known of those among them that it has already counts on.
    public mutating func keep(to paths: [String]) {
        files = files.filter { paths.contains($0.key) }
        for path in paths where files[path] == nil {
            var file = WatchedFile(path: path, judge: judges[path])
            _ = file.review()
            files[path] = file
        }
    }

    /// Looks at all files.
    ///
    /// - Returns: whether one holds something else, and those that have become unusable.
    public mutating func review() -> (isChanged: Bool, unusable: [(file: String, reason: String)]) {
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
    public var problems: [(file: String, reason: String)] {
        files.values.compactMap { file in file.problem.map { (file.path, $0) } }.sorted { $0.file < $1.file }
    }

    /// What a file last held, without the blanks around it; nil where it holds nothing that can be used.
    public func text(_ path: String) -> String? { files[path]?.text }

    /// What a file last held; nil where it holds nothing that can be used.
    public func content(_ path: String) -> [UInt8]? { files[path]?.content }

    /// What to say of a file that holds nothing that can be used.
    public func whyUnusable(_ path: String) -> String {
        "\(path) cannot be used: \(files[path]?.problem ?? "it is not watched")"
    }
}
