import Testing

/// A request that means no good, and what it is answered.
struct HostileAttack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// The statuses of all that is answered.
    let statuses: [Int]
    /// What the first answer says.
    let sentence: String
    /// What is written to the socket.
    let request: @Sendable () -> [UInt8]

    /// Bytes as they are.
    init(_ name: String, _ statuses: Int..., says sentence: String, request: @escaping @Sendable () -> [UInt8]) {
        testDescription = name
        self.statuses = statuses
        self.sentence = sentence
        self.request = request
    }

    /// A push of a body.
    static func body(
        _ name: String, _ headers: String, _ status: Int, says sentence: String,
        _ body: @escaping @Sendable () -> [UInt8]
    ) -> HostileAttack {
        HostileAttack(name, status, says: sentence) { push(headers, body()) }
    }

    /// A push on a connection that ends with it.
    static func push(_ headers: String, _ body: [UInt8]) -> [UInt8] {
        let head = "POST /metrics/job/t HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        return Array("\(head)\(headers)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    private static let zstd = "Content-Encoding: zstd\r\n"
    private static let protobuf =
        "Content-Type: application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited\r\n"
    private static let long = 60 << 20

    /// The dozen that tells most; `Tests/Benchmarks/bombs` has a hundred and more.
    static let all: [HostileAttack] = [
        body("Zstandard of 12 GiB", zstd, 413, says: "limits.decoded_size") {
            HostileBody.zstd(.run(0x30, count: 12 << 30))
        },
        body("Zstandard of Zstandard of 12 GiB", "Content-Encoding: zstd, zstd\r\n", 413, says: "limits.decoded_size") {
            HostileBody.zstd(HostileBody.zstd(.run(0x30, count: 12 << 30)))
        },
        body("snappy that says 4 GiB", "Content-Encoding: snappy\r\n", 413, says: "limits.decoded_size") {
            HostileBody.snappy
        },
        body("a series of 30 MB twice", zstd, 400, says: "was collected before with the same name") {
            HostileBody.zstd(
                .text("a{b=\""), .run(0x78, count: long / 2), .text("\"} 1\na{b=\""), .run(0x78, count: long / 2),
                .text("\"} 1\n"))
        },
        body("HELP of 60 MB that is no UTF-8", zstd, 413, says: "limits.inflight_size") {
            HostileBody.zstd(.text("# HELP a "), .run(0xff, count: long), .text("\na 1\n"))
        },
        body("a label value of 60 MB that is no UTF-8", zstd, 400, says: "invalid label value \"\\xff") {
            HostileBody.zstd(.text("a{b=\""), .run(0xff, count: long), .text("\"} 1\n"))
        },
        body("a number of 60 MB", zstd, 400, says: "expected float as value, got \"111") {
            HostileBody.zstd(.text("a "), .run(0x31, count: long), .text("\n"))
        },
        body("a label of 2 MB on 50,000 buckets", protobuf, 413, says: "limits.inflight_size") {
            HostileBody.histogram
        },
        body("a million groups in each other", protobuf, 400, says: "unbalanced group") { HostileBody.groups },
        HostileAttack("two lengths, and a request in the body", 400, says: "malformed HTTP/1.1 request") {
            let hidden = "POST /metrics/job/hidden HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na 1\n"
            let lengths = "Content-Length: \(hidden.utf8.count)\r\nTransfer-Encoding: chunked\r\n"
            return Array("POST /metrics/job/t HTTP/1.1\r\nHost: x\r\n\(lengths)\r\n0\r\n\r\n\(hidden)".utf8)
        },
        HostileAttack("headers of 4 MB", 431, says: "headers are too large") {
            Array(("POST /metrics/job/t HTTP/1.1\r\n" + String(repeating: "X: y\r\n", count: 700_000)).utf8)
        },
        HostileAttack("17 MiB in chunks", 413, says: "limits.body_size") {
            let head = "POST /metrics/job/t HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunk = Array("10000\r\n".utf8) + [UInt8](repeating: 0x0a, count: 65_536) + Array("\r\n".utf8)
            return Array(head.utf8) + (0..<272).flatMap { _ in chunk } + Array("0\r\n\r\n".utf8)
        },
        HostileAttack("half a body, then the end", 400, says: "connection ended before the body did") {
            Array("POST /metrics/job/t HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\na 1\n".utf8)
        },
        HostileAttack("a thousand pipelined refusals", 400, says: "expected float as value") {
            let one = "POST /metrics/job/t HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na\n"
            return Array(String(repeating: one, count: 999).utf8) + push("", Array("a\n".utf8))
        },
    ]
}
