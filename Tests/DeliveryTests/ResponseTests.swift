import Testing

@testable import Delivery

@Suite("Response")
struct ResponseTests {
    @Test func `its code is the status, or 0`() {
        #expect(Response.status(503, message: "", retryAfter: nil).code == 503)
        #expect(Response.unreachable("gone").code == 0)
        #expect(Response.withheld("no token").code == 0)
        #expect(!Response.withheld("no token").isAnswerToAttempt && Response.unreachable("gone").isAnswerToAttempt)
        #expect(Response.withheld("no token").whatToMend == "no token")
    }

    @Test(arguments: [
        (Response.status(503, message: "", retryAfter: nil), "answered 503"),
        (.status(500, message: "out of\r\ndisk\n", retryAfter: nil), "answered 500: out of  disk"),
        (.unreachable("connection refused by 127.0.0.1:9090"), "connection refused by 127.0.0.1:9090"),
        (.unreachable("déjà vu\u{7}"), "d?j? vu"),
    ])
    func `its summary is one line`(response: Response, summary: String) {
        #expect(response.summary == summary)
    }

    @Test(arguments: [
        (401, "password"), (403, "credentials"), (404, "path"), (405, "POST"), (407, "proxy"), (308, "redirects"),
    ])
    func `of a wrong configuration it says what to mend`(status: Int, word: String) {
        let text = Response.status(status, message: "no", retryAfter: nil).whatToMend
        #expect(text.hasPrefix("answered \(status): no ("))
        #expect(text.contains(word))
    }
}
