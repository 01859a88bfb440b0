import Logging
import NIOCore
import NIOHTTP1
import Settings
import Telemetry
import Testing

@testable import Ingest

@Suite("What the log tells of requests")
struct RequestLogTests {
    private let lines = LogLines()
    private let address = try? SocketAddress(ipAddress: "192.0.2.1", port: 80)

    private func log(writesAll: Bool = false) -> RequestLog {
        RequestLog(Logger(label: "test") { [lines] _ in lines }, writesAll: writesAll)
    }

    private func exchange(_ target: String, handler: String = "other") -> Exchange {
        Exchange(number: 1, handler: handler, head: RequestHead(.GET, target), began: .now())
    }

    @Test func `a request is a line where that is asked for, and no line otherwise`() {
        #expect(!log().writesAll)
        log(writesAll: true).answered(
            exchange("/x?token=secret"), code: 404, took: .microseconds(1_500_042), from: address)
        #expect(
            lines.text == [
                "request bytes=0 duration=1.500042 method=GET path=/x peer=192.0.2.1:80 status=404"
            ])
    }

    @Test func `of a push the line has job and samples`() throws {
        let bench = Bench { $0.log.access = true }
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\ny 2\n", to: "/metrics/job/a%0Ab")
        #expect(bench.log.text.count == 1)
        let line = try #require(bench.log.text.first)
        #expect(line.hasPrefix("request bytes=8 duration=0.0"))
        #expect(line.hasSuffix("job=a\nb method=POST path=/metrics/job/a%0Ab peer=127.0.0.1:4711 samples=2 status=200"))
    }

    @Test func `what is pushed cannot break a line of the log`() {
        let metadata: Logger.Metadata = ["job": "a\nts=1 level=error \"\u{2028}", "path": "/\u{1B}[31m"]
        for format in [LineLogHandler.Format.logfmt, .json] {
            let written = Lines()
            let handler = LineLogHandler(format, level: .info, outside: .init(now: { 0 }, write: written.append))
            Logger(label: "test") { _ in handler }.info("request", metadata: metadata)
            let text = written.text
            #expect(text.split(separator: "\n").count == 1)
            #expect(text.unicodeScalars.dropLast().allSatisfy { (0x20..<0x7F).contains($0.value) }, "\(text)")
            #expect(text.contains(#"a\nts=1 level=error \"\u2028"#))
        }
    }

    @Test func `a flood of refusals is some lines, and the number of those that were left out`() {
        let log = log()
        for _ in 0..<50 {
            log.refused(connection: address, because: .tooManyConnections(limit: 1))
        }
        #expect(lines.text.count == 10)
        #expect(lines.text[0].hasPrefix("connection refused peer=192.0.2.1:80 reason="))
    }

    @Test func `a refusal says whose push it was, why, and with what answer`() throws {
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x\n")
        #expect(
            bench.log.text == [
                "push refused job=j peer=127.0.0.1:4711 reason=text format parsing error in line 1: "
                    + (bench.log.text.first?.split(separator: "line 1: ").last ?? "")
            ])
        #expect(bench.log.text.first?.hasSuffix("status=400") == true)
    }
}

/// What a handler writes.
private final class Lines: Sendable {
    private let lines = CounterFamily<String>()
    var text: String { lines.values.keys.joined() }
    func append(_ line: String) { lines.add(line) }
}
