import Bytes
import Settings

/// The routes of a configuration (contract R1–R6).
struct RouteTable: Sendable {
    /// The prefixes without a slash at the end, the longest first; none where pushes are not enabled.
    private let prefixes: [[UInt8]]

    /// `<prefix>/metrics` of the first prefix, for hints; nil where pushes are not enabled.
    let pushRoot: String?

    /// The routes; pushes only where they are enabled (contract R6).
    init(_ settings: Pushgateway) {
        let trimmed = settings.routePrefixes.map { $0 == "/" ? "" : $0 }
        prefixes = settings.enabled ? trimmed.map { Array($0.utf8) }.sorted { $0.count > $1.count } : []
        pushRoot = settings.enabled ? trimmed.first.map { $0 + "/metrics" } : nil
    }

    /// What the target of a request line names; its query string is ignored (contract R4), but for that of a probe.
    func route(_ target: String) -> Route {
        let path = Self.path(of: Array(target.utf8)[...])
        switch path {
        case _ where path.elementsEqual("/metrics".utf8):
            return .metrics(isPushRoot: prefixes.contains([]))
        case _ where path.elementsEqual("/".utf8): return .statusPage
        case _ where path.elementsEqual("/api/v1/status".utf8): return .statusDocument
        case _ where path.elementsEqual("/-/healthy".utf8): return .healthy
        case _ where path.elementsEqual("/-/ready".utf8): return .ready
        case _ where path.elementsEqual("/probe".utf8): return .probe(target: Self.parameter("target", of: target))
        case _ where path.elementsEqual("/-/reload".utf8): return .lifecycle(.reload)
        case _ where path.elementsEqual("/-/quit".utf8): return .lifecycle(.quit)
        default:
            return push(path) ?? .unknown(guess(path))
        }
    }

    private func push(_ path: ArraySlice<UInt8>) -> Route? {
        for prefix in prefixes where path.starts(with: prefix) {
            let below = path.dropFirst(prefix.count)
            guard below.starts(with: Self.metrics) else { continue }
            let rest = below.dropFirst(Self.metrics.count)
            if rest.isEmpty { return .push(path: []) }
            guard rest.first == .slash else { continue }
            let labels = rest.dropFirst()
            guard labels.isEmpty || GroupingPath.beginsWithJob(labels) else { continue }
            return .push(path: Array(labels))
        }
        return nil
    }

    private func guess(_ path: ArraySlice<UInt8>) -> Route.Guess {
        for prefix in prefixes + [[]] where path.starts(with: prefix) {
            let below = path.dropFirst(prefix.count)
            if below.elementsEqual("/api/v1/metrics".utf8) { return .storedMetrics }
            if below.elementsEqual("/api/v1/admin/wipe".utf8) { return .wipe }
            if below.elementsEqual("/api/v1/status".utf8) { return .status }
        }
        return .nothing
    }

    /// The raw path of an origin-form or absolute-form target (RFC 9112, 3.2).
    private static func path(of target: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var target = target.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        if target.first != .slash, let colon = target.firstIndex(of: UInt8(ascii: ":")),
            target[colon...].starts(with: "://".utf8)
        {
            let authority = target[colon...].dropFirst(3)
            target = authority.drop { $0 != .slash }
        }
        return target
    }

    /// The first value of a parameter of the query, as a form writes it; nil where it has none, or one that is no text.
    private static func parameter(_ name: String, of target: String) -> String? {
        let query = target.utf8.drop { $0 != UInt8(ascii: "?") }.dropFirst().prefix { $0 != UInt8(ascii: "#") }
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let key = pair.prefix { $0 != UInt8(ascii: "=") }
            guard key.elementsEqual(name.utf8) else { continue }
            let value = pair.dropFirst(key.count + 1).map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
            return PercentEncoding.decode(value).flatMap { String(validating: $0, as: UTF8.self) }
        }
        return nil
    }

    private static let metrics = Array("/metrics".utf8)
}

extension UInt8 {
    /// What separates the components of a path.
    static let slash = UInt8(ascii: "/")
}
