import Telemetry
import Testing

@testable import PushCollector

@Suite struct VersionTests {
    @Test func `the version has three numbers`() {
        #expect(Version.number.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+/) != nil)
        #expect(Version.text.hasPrefix("push-collector \(Version.number) ("))
        #expect(Version.buildInfo.version == Version.number)
        #expect(Version.buildInfo.swiftVersion.hasPrefix("6."))
    }
}
