import Discovery
import Settings
import Testing

@Suite struct ScrapeTargetTests {
    @Test func `labels of the file win over job and instance, are sorted, and have values`() {
        var settings = PushGatewayScrape()
        settings.targets = [
            .init(address: "h:1", labels: ["zone": "z", "instance": "i", "empty": "", "Area": "a"])
        ]
        let target = ScrapeTarget.named(in: settings)[0]
        #expect(
            target.labels.map { "\($0.name)=\($0.value)" }
                == ["Area=a", "instance=i", "job=integrations/push-gateway", "zone=z"])
        #expect(target.address == "h:1")
    }

    @Test func `the hash is the same everywhere`() {
        #expect(ScrapeTarget(address: "", job: "j").hash == 0xefd0_1f60_ba99_2926)
        #expect(ScrapeTarget(address: "h:1", job: "j").hash == ScrapeTarget(address: "h:1", job: "k").hash)
    }

    @Test func `addresses that differ in a digit are spread evenly`() {
        let hashes = (0..<1_000).map { ScrapeTarget(address: "10.0.\($0 / 250).\($0 % 250):9091", job: "j").hash }
        var tenths = Array(repeating: 0, count: 10)
        for hash in hashes { tenths[Int(Double(hash >> 11) / Double(1 << 53) * 10)] += 1 }
        #expect(tenths.allSatisfy { (60...140).contains($0) }, "\(tenths)")
        #expect((0..<3).allSatisfy { index in (280...390).contains(hashes.count { $0 % 3 == index }) })
    }
}
