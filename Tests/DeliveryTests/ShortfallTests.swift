import RemoteWrite
import Testing

@testable import Delivery

@Suite("What a version 2 destination does not confirm")
struct ShortfallTests {
    private let entries = [
        entry(samples: 5, histograms: 2, exemplars: 1), entry(samples: 3, histograms: 0, exemplars: 4),
    ]

    private static func entry(samples: Int, histograms: Int, exemplars: Int) -> Batch.Entry {
        Batch.Entry(
            end: 0, samples: samples, histograms: histograms, exemplars: exemplars, latestTimestamp: 0, group: 0,
            job: "",
            acknowledgement: Acknowledgement { _ in })
    }

    private func shortfall(_ written: Written?, to version: RemoteWriteVersion = .v2) -> [Int] {
        let response = Response.status(200, message: "", retryAfter: nil, written: written)
        let missing = Shortfall(of: entries, response, to: version)
        return [missing.samples, missing.histograms, missing.exemplars]
    }

    @Test(arguments: [
        (Written(samples: 6, histograms: 2, exemplars: 5), [0, 0, 0]),
        (Written(samples: 4, histograms: 2, exemplars: 5), [2, 0, 0]),
        (Written(samples: 6, histograms: 1, exemplars: 0), [1, 1, 5]),
        (Written(), [8, 2, 5]),
        (Written(samples: 9, histograms: 9, exemplars: 9), [0, 0, 0]),
    ])
    func `is what was sent and not written`(written: Written, expected: [Int]) {
        #expect(shortfall(written) == expected)
    }

    @Test func `is nothing where nothing is said, and in version 1`() {
        #expect(shortfall(nil) == [0, 0, 0])
        #expect(shortfall(Written(), to: .v1) == [0, 0, 0])
    }
}
