import Logging
import Synchronization
import Telemetry
import Testing

@Suite struct LineLogHandlerTests {
    /// A sink that keeps the lines.
    private final class Sink: Sendable {
        let lines = Mutex<[String]>([])

        var outside: LineLogHandler.Outside {
            .init(now: { 0 }, write: { line in self.lines.withLock { $0.append(line) } })
        }

        var all: [String] { lines.withLock { $0 } }
    }

    private func logger(_ format: LineLogHandler.Format, _ sink: Sink) -> Logger {
        Logger(label: "test") { _ in LineLogHandler(format, level: .info, outside: sink.outside) }
    }

    @Test func `each record is a line in its format`() {
        let sink = Sink()
        logger(.logfmt, sink).info("one", metadata: ["a": "b"])
        logger(.json, sink).error("two\nlines")
        #expect(
            sink.all == [
                "ts=1970-01-01T00:00:00.000Z level=info msg=one a=b\n",
                "{\"ts\":\"1970-01-01T00:00:00.000Z\",\"level\":\"error\",\"msg\":\"two\\nlines\"}\n",
            ])
    }

    @Test func `less severe records are left out`() {
        let sink = Sink()
        var logger = logger(.logfmt, sink)
        logger.debug("no")
        logger.logLevel = .debug
        logger.debug("yes")
        #expect(sink.all.count == 1)
    }

    @Test func `the record's pairs win over those of the logger`() {
        let sink = Sink()
        var logger = logger(.logfmt, sink)
        logger[metadataKey: "a"] = "1"
        logger[metadataKey: "b"] = "1"
        logger.info("x", metadata: ["b": "2"])
        #expect(sink.all.first?.hasSuffix(" a=1 b=2\n") == true)
        #expect(logger[metadataKey: "a"] == "1")
    }

    @Test func `a provider's pairs and an error are told`() {
        struct Failure: Error {}
        let sink = Sink()
        var handler = LineLogHandler(.logfmt, level: .info, outside: sink.outside)
        handler.metadataProvider = .init { ["p": "1"] }
        handler.log(
            event: LogEvent(
                level: .info, message: "x", error: Failure(), metadata: nil, source: nil, file: "", function: "",
                line: 0))
        #expect(sink.all.first?.hasSuffix(" msg=x error=Failure() p=1\n") == true)
    }
}
