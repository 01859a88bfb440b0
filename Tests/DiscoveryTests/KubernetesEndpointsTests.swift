import Settings
import Testing

@testable import Discovery

@Suite struct KubernetesEndpointsTests {
    private let start = ContinuousClock.now

    private func endpoints(_ change: (inout KubernetesDiscovery) -> Void = { _ in }) -> KubernetesEndpoints {
        var settings = KubernetesDiscovery()
        settings.portName = "web"
        change(&settings)
        return KubernetesEndpoints(settings, server: "https://k", job: "j", now: start)
    }

    private func answer(_ items: String) -> FetchAnswer {
        let text = #"{"metadata":{"resourceVersion":"5"},"items":[\#(items)]}"#
        return .answered(FetchResponse(status: 200, body: Array(text.utf8)))
    }

    private func service(_ name: String) -> String { #"{"metadata":{"name":"\#(name)","namespace":"n"}}"# }

    private func slice(_ name: String, of service: String, _ endpoints: String, type: String = "IPv4") -> String {
        #"{"metadata":{"name":"\#(name)","namespace":"n","labels":{"kubernetes.io/service-name":"\#(service)"}},"#
            + #""addressType":"\#(type)","endpoints":[\#(endpoints)],"#
            + #""ports":[{"name":"other","port":1},{"name":"web","port":9091}]}"#
    }

    @Test func `selectors are those of the file for services, and a name for slices`() {
        var endpoints = endpoints {
            $0.fieldSelectors = ["metadata.name=x"]
            $0.labelSelectors = ["a=b", "c in (d, e)"]
        }
        #expect(
            endpoints.next(client: 1, now: start)?.request.url
                == "https://k/api/v1/services?limit=500&fieldSelector=metadata.name%3Dx"
                + "&labelSelector=a%3Db%2Cc%20in%20%28d%2C%20e%29")
        let slices = endpoints.next(client: 1, now: start)
        #expect(
            slices?.request.url == "https://k/apis/discovery.k8s.io/v1/endpointslices?limit=500"
                + "&labelSelector=kubernetes.io%2Fservice-name")
        #expect(slices?.number == 1 && slices?.request.client == 1)
        #expect(endpoints.next(client: 1, now: start) == nil)
    }

    @Test func `ready addresses of selected services are targets, at the port of that name`() {
        var endpoints = endpoints()
        for _ in 0..<2 { _ = endpoints.next(client: 1, now: start) }
        let slices = [
            slice(
                "s1", of: "gateway",
                #"{"addresses":["10.0.0.1"],"conditions":{"ready":true}},{"addresses":["10.0.0.2"],"conditions":{"ready":false}},"#
                    + #"{"addresses":["10.0.0.3"],"conditions":{}},{"addresses":["10.0.0.4"]}"#),
            slice("s2", of: "gateway", #"{"addresses":["fd00::1"]}"#, type: "IPv6"),
            slice("s3", of: "unselected", #"{"addresses":["10.0.0.9"]}"#),
            #"{"metadata":{"name":"s4","namespace":"n","labels":{"kubernetes.io/service-name":"gateway"}},"endpoints":null,"ports":null}"#,
        ]
        #expect(endpoints.finished(answer(slices.joined(separator: ",")), by: 1, jitter: 0, now: start) == true)
        #expect(endpoints.targets == nil)
        #expect(endpoints.finished(answer(service("gateway")), by: 0, jitter: 0, now: start) == true)
        #expect(
            endpoints.targets?.map(\.address) == ["10.0.0.1:9091", "10.0.0.3:9091", "10.0.0.4:9091", "[fd00::1]:9091"])
        #expect(
            endpoints.targets?.first?.labels.map { "\($0.name)=\($0.value)" }
                == ["instance=10.0.0.1:9091", "job=j", "service=gateway", "source=kubernetes"])
    }

    @Test func `what changes in a watch changes the targets`() {
        var endpoints = endpoints()
        for _ in 0..<2 { _ = endpoints.next(client: 1, now: start) }
        _ = endpoints.finished(
            answer(slice("s", of: "g", #"{"addresses":["10.0.0.1"]}"#)), by: 1, jitter: 0, now: start)
        _ = endpoints.finished(answer(service("g")), by: 0, jitter: 0, now: start)
        for _ in 0..<2 { #expect(endpoints.next(client: 1, now: start)?.request.isStream == true) }
        let unready = slice("s", of: "g", #"{"addresses":["10.0.0.1"],"conditions":{"ready":false}}"#)
        #expect(endpoints.received(Array("{\"type\":\"MODIFIED\",\"object\":\(unready)}\n".utf8), by: 1) == true)
        #expect(endpoints.targets == [])
        #expect(endpoints.received(Array("{\"type\":\"DELETED\",\"object\":\(service("g"))}\n".utf8), by: 0) == true)
        #expect(endpoints.targets == [])
    }

    @Test func `each namespace is asked by itself, and each problem has its place`() {
        var endpoints = endpoints { $0.namespaces = ["a", "b"] }
        let asked = (0..<4).compactMap { _ in endpoints.next(client: 1, now: start) }
        #expect(asked.map(\.number) == [0, 1, 2, 3])
        #expect(asked[2].request.url.hasPrefix("https://k/api/v1/namespaces/b/services?"))
        _ = endpoints.finished(.failed(.unreachable, "connection refused by k:443"), by: 3, jitter: 0, now: start)
        #expect(endpoints.problems == ["endpointslices in b": "connection refused by k:443"])
        #expect(endpoints.nextTime == start + .seconds(1))
        #expect(endpoints.received([10], by: 99) == false)
        #expect(endpoints.finished(.failed(.timeout, ""), by: 99, jitter: 0, now: start) == false)
    }
}
