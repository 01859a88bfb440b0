import NIOCore
import Testing

@testable import Ingest

@Suite("Answers on the wire: contract R7")
struct AnswerBytesTests {
    private var answers = AnswerBytes()

    @Test mutating func `an answer has the date, its headers, and the body's length`() {
        let bytes = answers.bytes(.line("OK"), at: 1_700_000_000)
        #expect(
            String(buffer: bytes) == """
                HTTP/1.1 200 OK\r
                Date: Tue, 14 Nov 2023 22:13:20 GMT\r
                Content-Type: text/plain; charset=utf-8\r
                X-Content-Type-Options: nosniff\r
                Content-Length: 2\r
                \r
                OK
                """)
    }

    @Test mutating func `a push that is stored is answered of its second`() {
        let expected = { (second: Int) in
            "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:13:2\(second) GMT\r\nContent-Length: 0\r\n\r\n"
        }
        for second in [0, 0, 1] {
            #expect(String(buffer: answers.bytes(.delivered, at: 1_700_000_000 + Int64(second))) == expected(second))
        }
    }

    @Test mutating func `a connection that ends says so`() {
        _ = answers.bytes(.delivered, at: 0)
        let bytes = String(buffer: answers.bytes(.delivered, at: 0, connection: "close"))
        #expect(bytes.hasSuffix("GMT\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
    }

    @Test mutating func `an answer to HEAD has the length of the body that it leaves out`() {
        let bytes = String(buffer: answers.bytes(.line("OK"), at: 0, hasBody: false))
        #expect(bytes.hasSuffix("Content-Length: 2\r\n\r\n"))
    }
}
