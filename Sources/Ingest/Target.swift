import Samples

/// The target of a request: its route, and a push's labels.
struct Target {
    /// The target as the request line has it.
    let uri: String
    let route: Route
    /// The labels of a push, or what is wrong with them.
    let grouping: Result<Grouping, PushError>

    /// Reads the target.
    init(_ uri: String, _ routes: RouteTable) {
        self.uri = uri
        let route = routes.route(uri)
        self.route = route
        grouping = Result { () throws(PushError) in
            guard case .push(let path) = route else { throw .jobRequired }
            return try GroupingPath(path).decode()
        }
    }

    /// Whether it is what this text names, byte for byte: texts are equal to Swift whose characters are, and labels are not.
    func isNamed(_ uri: String) -> Bool {
        let (own, other) = (self.uri.utf8.span, uri.utf8.span)
        guard own.count == other.count else { return false }
        for index in own.indices where own[index] != other[index] { return false }
        return true
    }

    /// Whether the next request may find this target remembered: a good one of ordinary length (contract G6).
    var isWorthRemembering: Bool {
        guard case .success = grouping else { return false }
        return uri.utf8.count <= 1_024
    }
}
