import Settings

extension Duration {
    /// So many seconds, as a server writes them: of more than thirty years, thirty years, which a duration can hold.
    static func seconds(written seconds: Double) -> Duration {
        let most = 1e9
        return seconds.isNaN ? .zero : .seconds(min(max(seconds, -most), most))
    }
}

/// What was fetched to be let in with.
enum Pass: Equatable {
    /// The value of the header `Authorization`.
    case authorization(Secret)
    /// A key to sign with.
    case key(AWSCredentials)

    /// The key, where it is one.
    var key: AWSCredentials? {
        if case .key(let credentials) = self { credentials } else { nil }
    }
}

/// A pass, and how long it is good for.
struct LimitedPass: Equatable {
    var pass: Pass
    /// Nil: nobody knows.
    var lifetime: Duration?

    /// So long before its end a pass is not used any more, as in Prometheus.
    private static let margin = Duration.seconds(10)

    /// Until when it is used, when it has come now.
    func end(now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        lifetime.map { now + max(.zero, $0 - Self.margin) }
    }
}
