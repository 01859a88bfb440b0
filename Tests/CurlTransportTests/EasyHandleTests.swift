import CCurl
import Testing

@testable import CurlTransport

@Suite("EasyHandle")
struct EasyHandleTests {
    @Test func `before an answer there is none`() throws {
        let easy = try EasyHandle(slot: 1)
        #expect(easy.status == nil)
        #expect(easy.text == "")
        #expect(easy.retryAfter == nil)
    }

    @Test(arguments: [(-1, nil), (0, nil), (1, .seconds(1)), (.max, .seconds(3_600))] as [(Int, Duration?)])
    func `a server makes nobody wait for more than an hour`(seconds: Int, wait: Duration?) {
        #expect(EasyHandle.wait(seconds) == wait)
    }

    @Test func `an option that libcurl does not know is an error`() throws {
        let easy = try EasyHandle(slot: 1)
        #expect(throws: TransportError.self) { try easy.set(CURLoption(rawValue: 999_999), 1) }
        #expect(throws: TransportError.self) { try easy.set(CURLOPT_PROTOCOLS_STR, "gopher-2") }
    }

    @Test func `a failure that left no text is told by its code`() throws {
        let easy = try EasyHandle(slot: 1)
        let symptoms = easy.symptoms(of: CURLE_COULDNT_CONNECT)
        #expect(symptoms.text == "Couldn't connect to server")
        #expect(symptoms.systemError == 0 && !symptoms.didConnect)
    }
}
