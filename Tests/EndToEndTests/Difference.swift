/// Where we differ from a Pushgateway on purpose: each case is a row of the table in `docs/migrating.md`.
enum Difference: String, CaseIterable, Sendable {
    // Of every push.
    case instance = "`instance`"
    case pushTime = "`push_time_seconds`"
    case failureTime = "`push_failure_time_seconds`"

    // What is kept.
    case delete = "DELETE"
    case reading = "reading back"
    case replacing = "POST and PUT"
    case consistency = "consistency checks"
    case spoiltPage = "a push that spoils the page"

    // The path.
    case prefix = "the prefix"
    case noRedirect = "`//`, `.` and `..`"
    case noJob = "no job"
    case trailingSlash = "a trailing slash"
    case slash = "`%2F`"
    case base64 = "base64"
    case names = "names in UTF-8"
    case groupedBounds = "`le` or `quantile` in the path"
    case emptyLabels = "empty labels"

    // The body.
    case timestamps = "timestamps"
    case leniency = "lenient text"
    case bounds = "`le` and `quantile`"
    case duplicates = "a series twice"
    case madeUp = "made-up series"
    case verbatim = "odd values"
    case negativeCounts = "negative counts"

    // Other formats.
    case familyTwice = "a family twice"
    case protobufChecks = "protobuf that is wrong"
    case openMetrics = "OpenMetrics"

    // What the headers say.
    case contentType = "Content-Type"
    case contentEncoding = "Content-Encoding"
    case damagedGzip = "damaged gzip"

    case wording = "the words of a refusal"

    /// Those that are looked for in every push that both accept.
    static let ofEveryPush: Set<Difference> = [.instance, .pushTime, .failureTime]
}
