import Testing

@testable import Telemetry

@Suite struct ScrapeStatusTests {
    @Test func `targets are shown by address, then by labels`() {
        var status = ScrapeStatus()
        status.targets[1] = .init(address: "b:1", labels: [])
        status.targets[2] = .init(address: "a:1", labels: [("x", "2")])
        status.targets[3] = .init(address: "a:1", labels: [("x", "1")])
        #expect(status.sorted.map(\.address) == ["a:1", "a:1", "b:1"])
        #expect(status.sorted.first == status.targets[3])
        #expect(status.sorted.first != status.targets[2])
    }

    @Test func `each state is counted, also that of none`() {
        var status = ScrapeStatus()
        status.targets[1] = .init(address: "b:1", labels: [])
        #expect(status.counts == [.unknown: 1, .up: 0, .down: 0])
    }
}
