/// Keeps a list of objects of one kind up to date: lists them, watches what changes, and begins anew where it has to.
///
/// A pure state machine: it makes no request and reads no clock. As the API conventions have it: pages of a list, a
/// `resourceVersion` from which a watch goes on, bookmarks, `410 Gone`.
struct ResourceWatch<Object: KubernetesObject>: Sendable {
    /// What is asked of the API server.
    struct Query: Sendable, Equatable {
        var namespace: String?
        /// The parameters that select objects, escaped: `&labelSelector=...`.
        var selectors: String
        var portName: String
    }

    private enum Phase: Equatable {
        /// To ask for a page of the list, at this time; the token is that of the page.
        case listing(at: ContinuousClock.Instant, token: String?)
        /// To watch from this version, at this time.
        case watching(at: ContinuousClock.Instant, version: String)
        /// It has asked, and is waiting for an answer.
        case asked(forPage: Bool)
    }

    /// How often the whole list is fetched again at most, unless the server wants it.
    static var relistInterval: Duration { .seconds(600) }
    /// How many objects a page has.
    static var pageSize: Int { 500 }
    /// The longest line of a watch: an object and what is around it.
    static var longestLine: Int { 16 << 20 }

    private let query: Query
    private var phase: Phase
    private var retry = Retry()
    /// The version that has been seen last.
    private var version = ""
    /// The pages that have come of a list.
    private var page: [String: Object] = [:]
    private var line: [UInt8] = []
    private var lastList: ContinuousClock.Instant?
    /// Whether the stream has said that what it went on from is gone.
    private var isGone = false
    /// Whether the watch has brought anything.
    private var hasBrought = false
    /// The objects that there are, as far as is known; nil: nothing is yet.
    private(set) var objects: [String: Object]?
    /// What is wrong, in one line; nil where nothing is.
    private(set) var problem: String?

    init(_ query: Query, now: ContinuousClock.Instant) {
        self.query = query
        phase = .listing(at: now, token: nil)
    }

    /// When there is something to ask for; nil while an answer is awaited.
    var nextTime: ContinuousClock.Instant? {
        switch phase {
        case .listing(let time, _), .watching(let time, _): time
        case .asked: nil
        }
    }

    /// What to ask for now, path and query, and whether the answer is a stream.
    mutating func next(now: ContinuousClock.Instant) -> (path: String, isStream: Bool)? {
        let path = Object.path(in: query.namespace)
        switch phase {
        case .listing(let time, let token) where time <= now:
            phase = .asked(forPage: true)
            if token == nil { page = [:] }
            let rest = token.map { "&continue=\(Self.escaped($0))" } ?? ""
            return ("\(path)?limit=\(Self.pageSize)\(query.selectors)\(rest)", false)
        case .watching(let time, let version) where time <= now:
            phase = .asked(forPage: false)
            (line, isGone, hasBrought) = ([], false, false)
            let seconds = Int(max(.seconds(1), (lastList ?? now) + Self.relistInterval - now) / .seconds(1))
            return (
                "\(path)?watch=1&allowWatchBookmarks=true&timeoutSeconds=\(seconds)\(query.selectors)"
                    + "&resourceVersion=\(Self.escaped(version))", true
            )
        case .listing, .watching, .asked: return nil
        }
    }

    /// The stream has brought so much more.
    ///
    /// - Returns: whether an object has changed.
    mutating func received(_ bytes: [UInt8]) -> Bool {
        // Of a long line only what is new is looked at.
        let known = line.count
        line += bytes
        guard var end = line[known...].firstIndex(of: UInt8(ascii: "\n")) else {
            // No server of the API has such a line; what it is is not worth the memory.
            if line.count > Self.longestLine { (line, isGone) = ([], true) }
            return false
        }
        var isChanged = false
        var start = 0
        while true {
            isChanged = take(event: Array(line[start..<end])) || isChanged
            start = end + 1
            guard let next = line[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
            end = next
        }
        line.removeFirst(start)
        return isChanged
    }

    /// The request is over.
    ///
    /// - Parameter jitter: from 0 to 1.
    /// - Returns: whether an object has changed.
    mutating func finished(_ answer: FetchAnswer, jitter: Double, now: ContinuousClock.Instant) -> Bool {
        guard case .asked(let isPage) = phase else { return false }
        switch answer {
        case .answered(let response) where response.status == 200 && isPage:
            return take(page: response.body, jitter: jitter, now: now)
        case .answered(let response) where response.status == 200: return endWatch(jitter: jitter, now: now)
        case .answered(let response):
            let status = APIStatus(json: response.body)
            fail(Self.words(response.status, status?.message), jitter: jitter, now: now)
            if response.status == 410 { phase = .listing(at: nextTime ?? now, token: nil) }
        // A watch that breaks off goes on from where it was, without having failed.
        case .failed where !isPage && hasBrought: return endWatch(jitter: jitter, now: now)
        // A server that ends none, and has nothing to say: whether it is still there the list will tell.
        case .failed(.timeout, _) where !isPage && isDue(now): return endWatch(jitter: jitter, now: now)
        case .failed(_, let reason): fail(reason, jitter: jitter, now: now)
        }
        return false
    }
}

extension ResourceWatch {
    private mutating func take(page body: [UInt8], jitter: Double, now: ContinuousClock.Instant) -> Bool {
        guard let list = ObjectList<Object>(json: body), let version = list.metadata.resourceVersion else {
            fail("the list cannot be read", jitter: jitter, now: now)
            return false
        }
        for object in list.items ?? [] { page[object.metadata.key] = object.reduced(query.portName) }
        if let token = list.metadata.continue, !token.isEmpty {
            phase = .listing(at: now, token: token)
            return false
        }
        objects = page
        page = [:]
        self.version = version
        lastList = now
        problem = nil
        phase = .watching(at: now, version: version)
        return true
    }

    private mutating func take(event line: [UInt8]) -> Bool {
        guard let type = EventType(json: line)?.type else { return false }
        hasBrought = true
        problem = nil
        if type == "ERROR" {
            // Whatever it is, the list is sure to be right.
            isGone = true
            return false
        }
        guard let event = WatchEvent<Object>(json: line) else { return false }
        version = event.object.metadata.resourceVersion ?? version
        let key = event.object.metadata.key
        switch type {
        case "ADDED", "MODIFIED":
            let reduced = event.object.reduced(query.portName)
            objects?[key] = reduced
        case "DELETED": objects?[key] = nil
        default: return false
        }
        return true
    }

    /// A watch ends after some minutes, by the server's will or by the net's.
    private mutating func endWatch(jitter: Double, now: ContinuousClock.Instant) -> Bool {
        let isDue = isDue(now)
        problem = nil
        if hasBrought, !isGone { retry.reset() }
        // One that ends at once, again and again, is not asked again at once.
        let time = isDue && !isGone ? now : now + retry.wait(jitter: jitter)
        phase = isDue || isGone ? .listing(at: time, token: nil) : .watching(at: time, version: version)
        return false
    }

    /// Whether the whole list is to be fetched again.
    private func isDue(_ now: ContinuousClock.Instant) -> Bool {
        lastList.map { now - $0 >= Self.relistInterval } ?? true
    }

    private mutating func fail(_ reason: String, jitter: Double, now: ContinuousClock.Instant) {
        problem = reason
        let time = now + retry.wait(jitter: jitter)
        phase = isDue(now) || objects == nil ? .listing(at: time, token: nil) : .watching(at: time, version: version)
    }

    /// What is wrong with an answer, and what to mend where that is known.
    private static func words(_ status: Int, _ message: String?) -> String {
        let words = message.map { ": \($0.prefix(300))" } ?? ""
        return switch status {
        case 401: "the API server answered 401: the token is not valid\(words)"
        case 403: "the API server answered 403: the service account may not list or watch them\(words)"
        case 400: "the API server answered 400, a selector may be wrong\(words)"
        default: "the API server answered \(status)\(words)"
        }
    }

    /// A text as the value of a parameter.
    static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF")
        return text.utf8.reduce(into: "") { escaped, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default: escaped += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
            }
        }
    }
}
