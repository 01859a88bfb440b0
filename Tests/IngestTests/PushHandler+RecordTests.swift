import NIOCore
import Telemetry
import Testing

@testable import Ingest

@Suite("What is counted of a request before its answer goes out")
struct PushHandlerRecordTests {
    private let bench = Bench()

    @Test func `each handler has its times, and a push its size`() throws {
        let connection = try EmbeddedConnection(bench)
        _ = try connection.push("x 1\n")
        _ = try connection.send("GET /-/healthy HTTP/1.1\r\n\r\n")
        _ = try connection.send("GET /nothing HTTP/1.1\r\n\r\n")
        let http = bench.metrics.http
        for handler in ["push", "healthy", "other"] { #expect(http.durations[handler].count == 1, "\(handler)") }
        #expect(http.durations["ready"].count == 0)
        #expect(http.pushSizes.count == 1)
    }

    @Test func `a push that waits for its destination takes that time`() throws {
        let bench = Bench(far: FarSide(.asTold))
        let connection = try EmbeddedConnection(bench)
        #expect(try connection.push("x 1\n") == "")
        #expect(bench.metrics.http.durations["push"].count == 0)
        _ = try connection.advance(.seconds(6))
        #expect(bench.metrics.http.durations["push"].count == 1)
        #expect(bench.metrics.page().contains("duration_seconds_bucket{handler=\"push\",le=\"2.5\"} 0"))
        #expect(bench.metrics.page().contains("duration_seconds_bucket{handler=\"push\",le=\"10\"} 1"))
    }
}
