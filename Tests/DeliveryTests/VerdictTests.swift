import Testing

@testable import Delivery

@Suite("Verdict: what a destination's answer means")
struct VerdictTests {
    @Test(arguments: [200, 201, 202, 204, 299])
    func `stored`(status: Int) {
        #expect(verdict(status) == .delivered)
    }

    @Test(arguments: [500, 501, 502, 503, 504, 599, 429, 408])
    func `cannot now`(status: Int) {
        #expect(verdict(status) == .retry(after: nil))
        #expect(verdict(status, retryAfter: .seconds(2)) == .retry(after: .seconds(2)))
    }

    @Test(arguments: [400, 409, 422, 415, 402, 410, 418, 499])
    func `this data`(status: Int) {
        #expect(verdict(status, retryAfter: .seconds(2)) == .refused)
    }

    @Test func `too much at once`() {
        #expect(verdict(413) == .tooLarge)
    }

    @Test func `429 is what the configuration says`() {
        let response = Response.status(429, message: "", retryAfter: nil)
        #expect(Verdict(response, retriesOn429: false) == .refused)
        #expect(Verdict(response, retriesOn429: true) == .retry(after: nil))
    }

    @Test(arguments: [401, 403, 404, 405, 407, 300, 301, 302, 303, 304, 307, 308])
    func `the configuration`(status: Int) {
        #expect(verdict(status) == .misconfigured)
    }

    @Test func `no answer, or none that HTTP knows, is tried again`() {
        #expect(Verdict(.unreachable("connection refused")) == .retry(after: nil))
        #expect(Verdict(.withheld("no token")) == .misconfigured)
        #expect(verdict(999) == .retry(after: nil))
        #expect(verdict(0) == .retry(after: nil))
    }

    private func verdict(_ status: Int, retryAfter: Duration? = nil) -> Verdict {
        Verdict(.status(status, message: "", retryAfter: retryAfter))
    }
}
