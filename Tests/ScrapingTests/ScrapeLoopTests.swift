import Discovery
import Settings
import Telemetry
import Testing

@testable import Scraping

@Suite struct ScrapeLoopTests {
    private func scene(_ addresses: [String], _ change: (inout PushGatewayScrape) -> Void = { _ in }) throws -> Scene {
        try Scene {
            $0.scrape.pushGateways.targets = addresses.map { .init(address: $0) }
            change(&$0.scrape.pushGateways)
        }
    }

    private let answer = FetchAnswer.answered(FetchResponse(status: 200, body: Array("a{job=\"x\"} 1\n".utf8)))

    /// The requests of one interval, in their order, each answered at once.
    private func turn(
        _ loop: ScrapeLoop, _ scene: Scene, _ number: Int = 0, _ answer: (String) -> FetchAnswer
    ) -> [String] {
        var urls: [String] = []
        for second in 0...60 {
            let now = scene.start + .seconds(number * 60 + second)
            while case .fetch(let id, let request) = loop.next(now: now) {
                urls.append(request.url)
                loop.finished(answer(request.url), by: id, now: now)
            }
        }
        return urls
    }

    @Test func `each target is scraped once an interval, as Prometheus would ask it`() throws {
        let scene = try scene(["h:1", "i:1"]) {
            $0.scheme = .https
            $0.metricsPath = "/x/metrics"
        }
        let loop = ScrapeLoop(scene.parts, now: scene.start)
        #expect(turn(loop, scene) { _ in answer }.sorted() == ["https://h:1/x/metrics", "https://i:1/x/metrics"])
        #expect(scene.metrics.scrape.attempts.values["ok"] == 2)
        #expect(scene.metrics.scrape.status.sorted.map(\.state) == [.up, .up])
        let lines = ScrapeLoop.lines(timeout: .seconds(10))
        #expect(lines[0].hasPrefix("Accept: application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"))
        #expect(lines[2] == "X-Prometheus-Scrape-Timeout-Seconds: 10.0")
    }

    @Test func `a target that is under way is not asked again, and the wait is until the next is due`() throws {
        let scene = try scene(["h:1"])
        let loop = ScrapeLoop(scene.parts, now: scene.start)
        guard case .wait(let first) = loop.next(now: scene.start) else { return #expect(Bool(false)) }
        #expect(first > scene.start && first <= scene.start + .seconds(60))
        guard case .fetch = loop.next(now: first) else { return #expect(Bool(false)) }
        #expect(loop.next(now: first + .seconds(120)) == .wait(until: first + .seconds(120 + 3_600)))
    }

    @Test func `what is wrong is logged when it begins and when it ends, and shown`() throws {
        let scene = try scene(["h:1"])
        let loop = ScrapeLoop(scene.parts, now: scene.start)
        for number in 0..<2 { _ = turn(loop, scene, number) { _ in .failed(.timeout, "no answer from h:1") } }
        #expect(scene.metrics.scrape.status.sorted.first?.error == "no answer from h:1")
        #expect(scene.metrics.scrape.status.sorted.first?.state == .down)
        for number in 2..<4 { _ = turn(loop, scene, number) { _ in answer } }
        #expect(
            scene.log.lines == [
                "a Pushgateway cannot be scraped reason=no answer from h:1 result=timeout target=h:1",
                "a Pushgateway is scraped again target=h:1",
            ])
        #expect(scene.metrics.scrape.attempts.values["timeout"] == 2)
    }

    @Test func `while the queue is full, scrapes are skipped and counted`() throws {
        let scene = try Scene {
            $0.scrape.pushGateways.targets = (0..<20).map { .init(address: "h:1", labels: ["n": "\($0)"]) }
            $0.remoteWrite[0].queue.maxQueueSize = .bytes(1_300)
        }
        let loop = ScrapeLoop(scene.parts, now: scene.start)
        let urls = turn(loop, scene) { _ in answer }
        #expect(urls.count < 20)
        #expect(scene.metrics.scrape.attempts.values["ok"] == 1)
        #expect(scene.metrics.scrape.attempts.values["queue_full"] == 19)
    }

    @Test func `only the share of this replica is scraped`() throws {
        let scene = try scene((1...30).map { "h:\($0)" })
        var parts = scene.parts
        var clustering = Clustering()
        (clustering.enabled, clustering.replicas, clustering.index) = (true, 3, 1)
        parts.share = try #require(TargetShare(clustering, host: ""))
        let urls = turn(ScrapeLoop(parts, now: scene.start), scene) { _ in answer }
        #expect((5...15).contains(urls.count))
    }

    /// A list of one page, or an event, of a Kubernetes API server.
    private func list(_ items: String) -> FetchAnswer {
        let text = #"{"metadata":{"resourceVersion":"5"},"items":[\#(items)]}"#
        return .answered(FetchResponse(status: 200, body: Array(text.utf8)))
    }

    @Test func `a target that is gone is not scraped, and its series end one interval later`() throws {
        let scene = try scene([]) { $0.kubernetes.enabled = true }
        var parts = scene.parts
        parts.kubernetes = KubernetesServer(KubernetesDiscovery(), environment: ["KUBERNETES_SERVICE_HOST": "k"])
        let loop = ScrapeLoop(parts, now: scene.start)
        let service = #"{"metadata":{"name":"g","namespace":"n"}}"#
        let slice =
            #"{"metadata":{"name":"s","namespace":"n","labels":{"kubernetes.io/service-name":"g"}},"#
            + #""endpoints":[{"addresses":["10.0.0.1"]}],"ports":[{"name":"http-metrics","port":9091}]}"#
        while case .fetch(let id, let request) = loop.next(now: scene.start) {
            #expect(request.client == 1)
            // Watches stay open.
            guard !request.isStream else { continue }
            loop.finished(list(request.url.contains("endpointslices") ? slice : service), by: id, now: scene.start)
        }
        let urls = turn(loop, scene) { _ in answer }
        #expect(urls.contains("http://10.0.0.1:9091/metrics"))
        #expect(try scene.delivered().count == 6)
        let gone = Array("{\"type\":\"DELETED\",\"object\":\(service)}\n".utf8)
        loop.received(gone, by: 0, now: scene.start + .seconds(61))
        #expect(!turn(loop, scene, 2) { _ in .failed(.unreachable, "") }.contains { $0.hasSuffix("/metrics") })
        _ = turn(loop, scene, 3) { _ in .failed(.unreachable, "") }
        #expect(try scene.delivered().filter { $0.contains(" stale ") }.count == 6)
        #expect(scene.metrics.scrape.status.targets.isEmpty)
        loop.finished(.failed(.timeout, "no answer from k:443"), by: 1, now: scene.start + .seconds(300))
        #expect(
            scene.log.lines == [
                "Pushgateways cannot be looked for in Kubernetes reason=no answer from k:443 what=endpointslices"
            ])
        #expect(scene.metrics.scrape.status.problems == ["endpointslices": "no answer from k:443"])
    }

    @Test func `many targets that go together end together, but for what others go on with`() throws {
        let scene = try scene(["stays:1"]) { $0.kubernetes.enabled = true }
        var parts = scene.parts
        parts.kubernetes = KubernetesServer(KubernetesDiscovery(), environment: ["KUBERNETES_SERVICE_HOST": "k"])
        let loop = ScrapeLoop(parts, now: scene.start)
        let service = #"{"metadata":{"name":"g","namespace":"n"}}"#
        let addresses = (1...30).map { #"{"addresses":["10.0.0.\#($0)"]}"# }.joined(separator: ",")
        let slice =
            #"{"metadata":{"name":"s","namespace":"n","labels":{"kubernetes.io/service-name":"g"}},"#
            + #""endpoints":[\#(addresses)],"ports":[{"name":"http-metrics","port":9091}]}"#
        while case .fetch(let id, let request) = loop.next(now: scene.start) {
            guard !request.isStream else { continue }
            loop.finished(list(request.url.contains("endpointslices") ? slice : service), by: id, now: scene.start)
        }
        #expect(scene.metrics.scrape.status.discovered == 30)
        // The same series everywhere, and one of each's own.
        let body = { (url: String) in
            let own = url.dropFirst(7).prefix { $0 != ":" }.filter { $0.isNumber || $0.isLetter }
            let labels = #"{job="x",instance="y",service="z",source="s"}"#
            return FetchAnswer.answered(
                FetchResponse(status: 200, body: Array("same\(labels) 1\nown_\(own)\(labels) 1\n".utf8)))
        }
        #expect(turn(loop, scene) { body($0) }.count == 31)
        _ = try scene.delivered()
        let gone = Array("{\"type\":\"DELETED\",\"object\":\(service)}\n".utf8)
        loop.received(gone, by: 0, now: scene.start + .seconds(61))
        for number in 2...3 {
            _ = turn(loop, scene, number) { $0.contains("stays") ? body($0) : .failed(.unreachable, "") }
        }
        let stale = try scene.delivered().filter { $0.contains(" stale ") }
        #expect(stale.count { $0.hasPrefix("own_") } == 30)
        #expect(!stale.contains { $0.hasPrefix("same{") })
        #expect(stale.count { $0.hasPrefix("up{") } == 30)
        #expect(scene.metrics.scrape.status.targets.count == 1)
    }
}
