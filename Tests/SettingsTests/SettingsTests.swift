import Settings
import Testing

@Suite struct SettingsTests {
    @Test func `the defaults are those of the documentation`() {
        let settings = Settings()
        #expect(settings.listenAddress.map(\.description) == ["0.0.0.0:3030"])
        #expect(settings.push.pushgateway.enabled)
        #expect(settings.push.pushgateway.routePrefixes == ["/pushgateway", "/"])
        #expect(settings.push.pushgateway.acknowledge == .delivered)
        #expect(settings.push.pushgateway.acknowledgeTimeout == .seconds(5))
        #expect(settings.push.pushgateway.timestamps == .honor)
        #expect(settings.push.pushgateway.canonicalBuckets)
        #expect(settings.push.pushgateway.limits.bodySize == .mebibytes(16))
        #expect(settings.push.pushgateway.limits.decodedSize == .mebibytes(64))
        #expect(settings.push.pushgateway.limits.inflightSize == .mebibytes(256))
        #expect(settings.push.pushgateway.limits.connections == 10_000)
        #expect(settings.remoteWrite.isEmpty)
        #expect(settings.shutdown.delay == .zero)
        #expect(settings.shutdown.timeout == .seconds(25))
        #expect(settings.log == Log())
        #expect(settings.log.level == .info && settings.log.format == .logfmt)
    }
}
