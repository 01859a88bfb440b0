import NIOHTTP1
import Testing

@testable import Ingest

@Suite("Answers: contract R7, A2")
struct HTTPAnswerTests {
    @Test func `a refusal has at most 1 KiB`() {
        let long = String(repeating: "ä", count: 2_000)
        let answer = HTTPAnswer(refusing: .refused(destination: long, status: 400, message: long))
        #expect(answer.body.utf8.count <= 1_024)
        #expect(answer.body.utf8.count > 1_000)
        #expect(answer.body.hasSuffix("ä…\n"))
    }

    @Test func `a reason fits a header`() {
        let answer = HTTPAnswer.queued(reason: "d: ä\r\nSet-Cookie: x" + String(repeating: "y", count: 2_000))
        #expect(answer.status == .accepted)
        #expect(answer.headers.map(\.name) == ["Push-Collector-Reason"])
        #expect(answer.headers[0].value.hasPrefix("d: ?  Set-Cookie: xyyy"))
        #expect(answer.headers[0].value.utf8.count == 512)
        #expect(answer.headers[0].value.utf8.allSatisfy { (0x20...0x7e).contains($0) })
        #expect(HTTPAnswer.queued() == HTTPAnswer(status: .accepted))
    }

    @Test(arguments: [
        ("abc", 3, "abc"), ("abcd", 3, "…"), ("abcdef", 5, "ab…"), ("äöü", 6, "äöü"), ("äöü", 5, "ä…"), ("", 0, ""),
    ])
    func `a text is cut between characters`(text: String, limit: Int, clipped: String) {
        #expect(HTTPAnswer.clip(text, to: limit) == clipped)
    }
}
