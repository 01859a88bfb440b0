import Fixtures
import Testing

extension Clients {
    /// Clients that Debian does not have, by the bytes that they send.
    @Suite("Requests of other clients")
    struct RequestsTests {
        /// A client's request, the grouping key that it means, and what is stored of it.
        struct Case: CustomTestStringConvertible, Sendable {
            let client: String
            let line: String
            let headers: [String]
            let content: Content
            let group: [String: String]
            var chunk: Int?
            var testDescription: String { "\(client): \(line)" }
        }

        enum Content: Sendable {
            case text
            /// Text as PowerShell joins the lines of a here-string.
            case textOfWindows
            /// The protobuf body of a fixture.
            case counter, histogram

            var body: [UInt8] {
                get throws {
                    switch self {
                    case .text: Array("# TYPE raw_total counter\nraw_total{a=\"b\"} 5\n".utf8)
                    case .textOfWindows: Array("# TYPE raw_total counter\r\nraw_total{a=\"b\"} 5".utf8)
                    case .counter: try Self.vector("P001")
                    case .histogram: try Self.vector("P005")
                    }
                }
            }

            private static func vector(_ id: String) throws -> [UInt8] {
                try #require(Fixtures.expositionVectors().first { $0.id == id }).body
            }

            var stored: String {
                switch self {
                case .text, .textOfWindows: "raw_total{a=\"b\"} 5"
                case .counter: "foo_total{a=\"b\"} 5"
                case .histogram:
                    """
                    h_bucket{le="+Inf"} 3
                    h_bucket{le="0.5"} 1
                    h_bucket{le="1.0"} 2
                    h_count 3
                    h_sum 4.5
                    """
                }
            }
        }

        private static let text = "text/plain; version=0.0.4; charset=utf-8"
        private static let protobuf =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"

        private static func java(_ type: String) -> [String] {
            [
                "Content-Type: \(type)", "Cache-Control: no-cache", "Pragma: no-cache", "User-Agent: Java/17.0.9",
                "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", "Connection: keep-alive",
            ]
        }

        private static func ruby(_ type: String) -> [String] {
            [
                "Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3", "Accept: */*", "User-Agent: Ruby",
                "Content-Type: \(type)",
            ]
        }

        private static let rust = ["content-type: \(protobuf)", "accept: */*"]

        private static let cases: [Case] = [
            Case(
                client: "Java client_java, padded base64 and a space as a plus",
                line: "PUT /metrics/job/java+raw/instance@base64/YS9iYw==/zone/a+b", headers: java(protobuf),
                content: .histogram, group: ["job": "java+raw", "instance": "a/bc", "zone": "a+b"]),
            Case(
                client: "Java client_java, pushAdd behind a prefix, an empty value",
                line: "POST /pushgateway/metrics/job@base64/amF2YS9yYXc=/empty@base64/=", headers: java(protobuf),
                content: .counter, group: ["job": "java/raw"]),
            Case(
                client: "Java simpleclient", line: "PUT /metrics/job/java-simple/instance/10.0.0.1%3A80",
                headers: java(text), content: .text, group: ["job": "java-simple", "instance": "10.0.0.1:80"]),
            Case(
                client: "Rust prometheus, nothing escaped", line: "POST /metrics/job/rust/instance/h:80,x=(1)",
                headers: rust, content: .counter, group: ["job": "rust", "instance": "h:80,x=(1)"]),
            Case(
                client: "Rust prometheus, push", line: "PUT /metrics/job/rust-put", headers: rust, content: .histogram,
                group: ["job": "rust-put"]),
            Case(
                client: "Rust metrics-exporter-prometheus", line: "PUT /pushgateway/metrics/job/rust-exporter",
                headers: ["accept: */*"], content: .text, group: ["job": "rust-exporter"]),
            Case(
                client: ".NET prometheus-net, a stream of chunks",
                line: "POST /pushgateway/metrics/job/net/instance/a%20b/x/y",
                headers: ["Content-Type: \(text)"], content: .text,
                group: ["job": "net", "instance": "a b", "x": "y"], chunk: 7),
            Case(
                client: ".NET prometheus-net, ReplaceOnPush", line: "PUT /metrics/job/net-put",
                headers: ["Content-Type: \(text)"],
                content: .text, group: ["job": "net-put"], chunk: 4096),
            Case(
                client: "Ruby, a space as %20", line: "POST /metrics/job/ruby%20job/instance/a%20b",
                headers: ruby("text/plain; version=0.0.4"), content: .text,
                group: ["job": "ruby job", "instance": "a b"]),
            Case(
                client: "Ruby, replace with a slash and an empty value",
                line: "PUT /pushgateway/metrics/job/ruby/empty@base64/=/path@base64/L2EvYg==",
                headers: ruby("text/plain; version=0.0.4"), content: .text, group: ["job": "ruby", "path": "/a/b"]),
            Case(
                client: "PHP, put together raw", line: "PUT /metrics/job/php/instance/10.0.0.1:80/user/a@b.c",
                headers: ["User-Agent: GuzzleHttp/7", "Content-Type: text/plain; version=0.0.4"], content: .text,
                group: ["job": "php", "instance": "10.0.0.1:80", "user": "a@b.c"]),
            Case(
                client: "Node prom-client", line: "POST /pushgateway/metrics/job/prom%2Fclient/instance/a%2Fb",
                headers: ["Connection: close"], content: .text, group: ["job": "prom/client", "instance": "a/b"],
                chunk: 20),
            Case(
                client: "newer C++ prometheus-cpp, base64 for all but the plainest values",
                line: "POST /metrics/job@base64/Y3BwL3Jhdw==/instance@base64/ZGItMTo4MA==/empty@base64/=",
                headers: ["Accept: */*", "Content-Type: \(text)"], content: .text,
                group: ["job": "cpp/raw", "instance": "db-1:80"]),
            Case(
                client: "PowerShell", line: "POST /metrics/job/powershell",
                headers: [
                    "User-Agent: Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1",
                    "Content-Type: application/x-www-form-urlencoded", "Expect: 100-continue", "Connection: Keep-Alive",
                ],
                content: .textOfWindows, group: ["job": "powershell"]),
        ]

        @Test(arguments: cases)
        func `are answered with an empty 200 and stored`(_ one: Case) async throws {
            let backend = try ClientsBackend.current
            let request = ClientsRawRequest(
                line: one.line, headers: one.headers, body: try one.content.body, chunk: one.chunk)
            let answer = try request.send(to: backend.collector.port)
            #expect(answer.status == 200, "\(answer)")
            #expect(answer.body == "")
            #expect(answer.header("Content-Length") == "0")
            try await backend.expect(one.content.stored, under: one.group)
        }

        @Test func `prom-client that needs no job name is told that one is required`() async throws {
            let request = ClientsRawRequest(
                line: "POST /pushgateway/metrics", headers: ["Connection: close"], body: try Content.text.body,
                chunk: 20)
            let answer = try request.send(to: ClientsBackend.current.collector.port)
            #expect(answer.status == 400)
            #expect(answer.body.hasPrefix("job name is required"), "\(answer)")
        }
    }
}
