/// The targets that an event loop's requests named lately: pushers that connect for each push name the same ones.
final class RecentTargets {
    /// How many are remembered; then it begins anew.
    static let limit = 128

    private var targets: [String: Target] = [:]

    /// The target, read or remembered.
    func target(_ uri: String, _ routes: RouteTable) -> Target {
        if let target = targets[uri], target.isNamed(uri) { return target }
        let target = Target(uri, routes)
        guard target.isWorthRemembering else { return target }
        if targets.count >= Self.limit { targets.removeAll(keepingCapacity: true) }
        targets[uri] = target
        return target
    }

    /// How many are remembered now.
    var count: Int { targets.count }
}
