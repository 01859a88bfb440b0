import Testing

@testable import Discovery

@Suite struct ResourceWatchTests {
    private typealias Watch = ResourceWatch<Service>
    private let start = ContinuousClock.now

    private func watch() -> Watch {
        Watch(.init(namespace: "n", selectors: "&labelSelector=a%3Db", portName: "web"), now: start)
    }

    private func list(_ names: [String], version: String, more token: String = "") -> FetchAnswer {
        let items = names.map { #"{"metadata":{"name":"\#($0)","namespace":"n"}}"# }.joined(separator: ",")
        let text =
            #"{"kind":"ServiceList","metadata":{"resourceVersion":"\#(version)","continue":"\#(token)"},"items":[\#(items)]}"#
        return .answered(FetchResponse(status: 200, body: Array(text.utf8)))
    }

    private func event(_ type: String, _ name: String, _ version: String) -> [UInt8] {
        let metadata = #"{"name":"\#(name)","namespace":"n","resourceVersion":"\#(version)"}"#
        return Array(#"{"type":"\#(type)","object":{"kind":"Service","metadata":\#(metadata)}}"#.utf8) + [10]
    }

    private func names(_ watch: Watch) -> [String]? { watch.objects?.keys.sorted() }

    /// A watch that has listed `a` at version 5, and watches.
    private func listed() -> Watch {
        var watch = watch()
        _ = watch.next(now: start)
        _ = watch.finished(list(["a"], version: "5"), jitter: 0, now: start)
        _ = watch.next(now: start)
        return watch
    }

    @Test func `it lists page by page, and then watches from the list's version`() throws {
        var watch = watch()
        let first = watch.next(now: start)
        #expect(
            first?.path == "/api/v1/namespaces/n/services?limit=500&labelSelector=a%3Db" && first?.isStream == false)
        #expect(watch.next(now: start) == nil)
        #expect(watch.finished(list(["a"], version: "4", more: "x/y="), jitter: 0, now: start) == false)
        #expect(watch.objects == nil)
        #expect(
            watch.next(now: start)?.path
                == "/api/v1/namespaces/n/services?limit=500&labelSelector=a%3Db&continue=x%2Fy%3D")
        #expect(watch.finished(list(["b"], version: "5"), jitter: 0, now: start) == true)
        #expect(names(watch) == ["n/a", "n/b"])
        let second = watch.next(now: start)
        #expect(
            second?.path == "/api/v1/namespaces/n/services?watch=1&allowWatchBookmarks=true&timeoutSeconds=600"
                + "&labelSelector=a%3Db&resourceVersion=5")
        #expect(second?.isStream == true)
    }

    @Test func `events change what there is, however they are cut`() {
        var watch = listed()
        let bytes = event("ADDED", "b", "6") + event("DELETED", "a", "7") + event("MODIFIED", "c", "8")
        for byte in bytes { _ = watch.received([byte]) }
        #expect(names(watch) == ["n/b", "n/c"])
        #expect(watch.received(event("BOOKMARK", "", "12")) == false)
        _ = watch.finished(.answered(FetchResponse(status: 200)), jitter: 0, now: start + .seconds(10))
        #expect(watch.next(now: start + .seconds(20))?.path.hasSuffix("&resourceVersion=12") == true)
    }

    @Test func `a watch that breaks off goes on from where it was`() {
        var watch = listed()
        _ = watch.received(event("ADDED", "b", "9"))
        _ = watch.finished(.failed(.unreachable, "broke off"), jitter: 0, now: start)
        #expect(watch.problem == nil)
        #expect(watch.next(now: start) == nil)
        #expect(watch.next(now: start + .seconds(1))?.path.hasSuffix("&resourceVersion=9") == true)
    }

    @Test(arguments: [true, false])
    func `what is gone is listed anew`(isEvent: Bool) {
        var watch = listed()
        let status = #"{"kind":"Status","code":410,"reason":"Expired","message":"too old resource version"}"#
        if isEvent {
            _ = watch.received(Array(#"{"type":"ERROR","object":\#(status)}"#.utf8) + [10])
            _ = watch.finished(.answered(FetchResponse(status: 200)), jitter: 0, now: start)
        } else {
            let body = Array(status.utf8)
            _ = watch.finished(.answered(FetchResponse(status: 410, body: body)), jitter: 0, now: start)
        }
        #expect(names(watch) == ["n/a"])
        #expect(watch.next(now: start + .seconds(2))?.path.contains("?limit=500") == true)
        #expect(watch.finished(list(["z"], version: "20"), jitter: 0, now: start + .seconds(2)) == true)
        #expect(names(watch) == ["n/z"] && watch.problem == nil)
    }

    @Test func `after ten minutes it lists again`() {
        var watch = listed()
        _ = watch.received(event("BOOKMARK", "", "12"))
        let later = start + .seconds(600)
        _ = watch.finished(.answered(FetchResponse(status: 200)), jitter: 0, now: later)
        #expect(watch.next(now: later)?.path.contains("?limit=500") == true)
    }

    @Test func `failures are told in the operator's words, and waited for longer and longer`() {
        var watch = watch()
        var waits: [Duration] = []
        var now = start
        for _ in 0..<8 {
            #expect(watch.next(now: now) != nil)
            let body = Array(#"{"message":"services is forbidden"}"#.utf8)
            _ = watch.finished(.answered(FetchResponse(status: 403, body: body)), jitter: 0, now: now)
            waits.append((watch.nextTime ?? now) - now)
            now = watch.nextTime ?? now
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(
            watch.problem == "the API server answered 403: the service account may not list or watch them"
                + ": services is forbidden")
        #expect(watch.objects == nil)
        _ = watch.next(now: now)
        _ = watch.finished(.answered(FetchResponse(status: 200, body: Array("<html>".utf8))), jitter: 1, now: now)
        #expect(watch.problem == "the list cannot be read")
        #expect(watch.nextTime == now + .seconds(90))
    }

    @Test func `what is known stays while the server is away, and a watch goes on with another token`() {
        var watch = listed()
        _ = watch.finished(.answered(FetchResponse(status: 401)), jitter: 0, now: start)
        #expect(watch.problem == "the API server answered 401: the token is not valid")
        #expect(names(watch) == ["n/a"])
        #expect(watch.next(now: start + .seconds(1))?.isStream == true)
        _ = watch.received(event("BOOKMARK", "", "9"))
        #expect(watch.problem == nil)
    }

    @Test func `half a line that a connection leaves behind is no part of the next`() {
        var watch = listed()
        _ = watch.received(event("ADDED", "b", "9") + event("ADDED", "c", "10").prefix(30))
        _ = watch.finished(.failed(.unreachable, "broke off"), jitter: 0, now: start)
        #expect(watch.next(now: start + .seconds(1))?.path.hasSuffix("&resourceVersion=9") == true)
        #expect(watch.received(event("ADDED", "c", "10")) == true)
        #expect(names(watch) == ["n/a", "n/b", "n/c"])
    }

    @Test func `a watch that never ends and says nothing is given up for a list, which tells how it is`() {
        var watch = listed()
        let later = start + Watch.relistInterval + .seconds(30)
        _ = watch.finished(.failed(.timeout, "no answer"), jitter: 0, now: later)
        #expect(watch.problem == nil)
        #expect(watch.next(now: later)?.path.contains("?limit=500") == true)
        _ = watch.finished(.failed(.timeout, "no answer"), jitter: 0, now: later)
        #expect(watch.problem == "no answer")
        #expect(names(watch) == ["n/a"])
    }

    @Test func `a watch that cannot be begun in time has failed`() {
        var watch = listed()
        _ = watch.finished(.failed(.timeout, "no connection"), jitter: 0, now: start + .seconds(10))
        #expect(watch.problem == "no connection")
    }

    @Test(arguments: [
        "null", "[]", "{}", #"{"type":7}"#, #"{"type":"ADDED"}"#, #"{"type":"ADDED","object":[]}"#, "\u{0}",
        String(repeating: "[", count: 100_000), String(repeating: #"{"type":"#, count: 100_000),
    ])
    func `an event that is none changes nothing`(line: String) {
        var watch = listed()
        #expect(watch.received(Array(line.utf8) + [10]) == false)
        #expect(names(watch) == ["n/a"])
    }

    @Test func `a large object that comes in many parts is read once`() {
        var watch = listed()
        let filler = String(repeating: "x", count: 2 << 20)
        let text =
            #"{"type":"ADDED","object":{"metadata":{"name":"b","namespace":"n","resourceVersion":"9","#
            + #""annotations":{"a":"\#(filler)"}}}}"#
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            #expect(watch.received(Array(rest.prefix(4 << 10))) == false)
            rest = rest.dropFirst(4 << 10)
        }
        #expect(watch.received([10]) == true)
        #expect(names(watch) == ["n/a", "n/b"])
    }

    @Test func `a line without an end is not kept`() {
        var watch = listed()
        _ = watch.received(Array(repeating: 65, count: Watch.longestLine + 1))
        _ = watch.finished(.answered(FetchResponse(status: 200)), jitter: 0, now: start)
        #expect(watch.next(now: start + .seconds(2))?.path.contains("?limit=500") == true)
    }
}
