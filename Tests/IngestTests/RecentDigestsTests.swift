import Testing

@testable import Ingest

@Suite struct RecentDigestsTests {
    @Test func `the last ones are known, and never more than twice the limit`() {
        var digests = RecentDigests(limit: 4)
        for number in 0..<100 {
            digests.insert([UInt8(number)])
            let isKnown = digests.knows([UInt8(number)])
            #expect(isKnown)
            #expect(digests.count <= 8)
        }
        let isFirstKnown = digests.knows([0])
        #expect(!isFirstKnown)
    }

    @Test func `what is asked for stays`() {
        var digests = RecentDigests(limit: 4)
        digests.insert([255])
        for number in 0..<100 {
            digests.insert([UInt8(number)])
            let isKnown = digests.knows([255])
            #expect(isKnown)
        }
    }
}
