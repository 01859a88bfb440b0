import Compression
import Delivery
import NIOCore
import NIOHTTP1
import Samples
import Settings
import Testing

@testable import Ingest

@Suite("From the body as it arrived to what is parsed: contract B2, B8, L1, L3")
struct PushPipelineBodyTests {
    /// What swells is one long comment, a push of nothing.
    private static let hash = UInt8(ascii: "#")
    private static let body = Array("x 1\n".utf8)

    /// Every way to write a body.
    static let forms: [(name: String, write: @Sendable ([UInt8]) -> [UInt8])] = [
        ("gzip", Gzip.stored), ("deflate", Encoded.zlib), ("deflate", Encoded.raw), ("snappy", Encoded.block),
        ("snappy", Encoded.framed), ("zstd", Encoded.zstd),
    ]

    /// 768 KiB of a comment at least, in every way that swells.
    static let bombs: [(name: String, body: [UInt8])] = [
        ("gzip", Gzip.bomb(hash, runs: 3_100)), ("deflate", Encoded.rawBomb(hash, runs: 3_100)),
        ("snappy", Encoded.blockBomb(hash, runs: 12_300)), ("zstd", Encoded.zstdBomb(hash, runs: 6)),
        ("snappy", Encoded.framed([UInt8](repeating: hash, count: 800_000))),
        ("gzip, zstd", Encoded.zstd(Gzip.bomb(hash, runs: 3_100))),
        ("identity, zstd, gzip", Gzip.stored(Encoded.zstdBomb(hash, runs: 6))),
        // The bomb is the outer one; what it holds is no gzip body at all.
        ("gzip, zstd", Encoded.zstdBomb(hash, runs: 6)),
    ]

    private func encoding(_ names: String) throws -> ContentEncoding {
        try ContentEncoding(names)
    }

    private func take(_ body: [UInt8], _ names: String, through pipeline: PushPipeline) throws -> PushPipeline.Outcome {
        let push = PushRequest(
            grouping: Grouping(job: Array("j".utf8)), encoding: try encoding(names), format: .text)
        return try pipeline.take(push, body: ByteBuffer(bytes: body), settled: Acknowledgement { _ in })
    }

    @Test(arguments: 0..<forms.count) func `B2: a body in any coding is read`(index: Int) throws {
        let (name, write) = Self.forms[index]
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        for name in [name, name.uppercased(), "identity, \(name)"] {
            let reply = try connection.push(write(Self.body), headers: "Content-Encoding: \(name)\r\n")
            #expect(Reply.one(reply)?.status == 200)
        }
        let comment = "# \(String(repeating: "long", count: 100_000))\n"
        let long = write(Array(comment.utf8) + Self.body)
        #expect(Reply.one(try connection.push(long, headers: "Content-Encoding: \(name)\r\n"))?.status == 200)
        #expect(bench.far.lines.map { $0.prefix { $0 != "{" } } == ["x", "x", "x", "x"])
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test func `B2: what a list names is taken off from the last to the first`() throws {
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        let inner = Gzip.stored(Self.body)
        let cases: [(headers: String, body: [UInt8])] = [
            ("Content-Encoding: gzip, zstd\r\n", Encoded.zstd(inner)),
            ("Content-Encoding: gzip\r\nContent-Encoding: zstd\r\n", Encoded.zstd(inner)),
            ("content-encoding: , X-GZIP,,identity\r\nContent-encoding: deflate ,\r\n", Encoded.zlib(inner)),
            (
                "Content-Encoding: gzip, deflate, snappy, zstd\r\n",
                Encoded.zstd(Encoded.framed(Encoded.raw(inner)))
            ),
            ("Content-Encoding: gzip, gzip\r\n", Gzip.stored(inner)),
        ]
        for (headers, body) in cases {
            let reply = try #require(Reply.one(try connection.push(body, headers: headers)))
            #expect(reply.status == 200, "\(headers): \(reply.body)")
        }
        #expect(bench.far.lines.count == cases.count)
        let wrong = try connection.push(Encoded.zstd(inner), headers: "Content-Encoding: zstd, gzip\r\n")
        #expect(Reply.one(wrong)?.refuses(400, "corrupt") == true)
        let halfway = try connection.push(
            Encoded.zstd(inner.dropLast()), headers: "Content-Encoding: gzip, zstd\r\n")
        #expect(Reply.one(halfway)?.refuses(400, "truncated") == true)
        #expect(bench.intake.admission.inHand == 0)
    }

    @Test(arguments: ["br", "gzip, br", "gzip\r\nContent-Encoding: br", "zstd,zstd,zstd,zstd,zstd", "gzip;q=1"])
    func `B2: any other coding is 415, and the answer names those that are read`(names: String) throws {
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(
            Reply.one(try connection.push(Self.body, headers: "Content-Encoding: \(names)\r\n")))
        #expect(reply.refuses(415, "is not supported"))
        #expect(reply.headers["accept-encoding"] == "gzip, deflate, snappy, zstd, identity")
        #expect(bench.refused == ["encoding": 1])
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 200)
    }

    @Test(arguments: 0..<forms.count)
    func `B2, B3: a body that is corrupt, cut short or empty is 400, and nothing of it forwarded`(index: Int) throws {
        let (name, write) = Self.forms[index]
        let bench = Bench()
        let connection = try EmbeddedConnection(bench)
        let headers = "Content-Encoding: \(name)\r\n"
        let body = write(Self.body)
        let wrong: [(body: [UInt8], word: String)] = [
            ([], "truncated"), (body.dropLast(), index == 3 ? "corrupt" : "truncated"),
            (body + body.suffix(5) + [0x42, 0x42], index == 4 ? "" : "corrupt"),
            (Self.body, name == "deflate" ? "" : "corrupt"),
            ([0xff] + body, "corrupt"),
        ]
        for (body, word) in wrong {
            let reply = try #require(Reply.one(try connection.push(body, headers: headers)))
            #expect(reply.refuses(400, "compressed body is \(word)"), "\(body): \(reply.body)")
        }
        #expect(bench.refused == ["corrupt": wrong.count])
        #expect(bench.far.requests == 0)
        #expect(bench.intake.admission.inHand == 0)
        #expect(Reply.one(try connection.push("x 1\n"))?.status == 200)
    }

    @Test(arguments: 0..<forms.count) func `B8: a body that decodes to nothing is a push of nothing`(index: Int) throws
    {
        let (name, write) = Self.forms[index]
        let reply = try EmbeddedConnection(Bench()).push(write([]), headers: "Content-Encoding: \(name)\r\n")
        #expect(Reply.one(reply)?.status == 200)
    }

    @Test(arguments: 0..<8) func `L1: a bomb is 413, and takes no more than the limit`(index: Int) throws {
        let (name, body) = Self.bombs[index]
        var settings = Pushgateway()
        settings.limits.decodedSize = .bytes(700_000)
        let bench = Bench(settings)
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        let error = #expect(throws: PushError.self) { try take(body, name, through: pipeline) }
        #expect(error?.reason == "decoded_size")
        #expect(pipeline.batch.arena.capacity <= 800_000)
        #expect(bench.intake.admission.inHand == 0)
        let connection = try EmbeddedConnection(bench)
        let reply = try #require(Reply.one(try connection.push(body, headers: "Content-Encoding: \(name)\r\n")))
        #expect(reply.refuses(413, "limits.decoded_size, 700000 bytes"))
        // What fits is read.
        settings.limits.decodedSize = .mebibytes(1)
        let roomy = PushPipeline(Bench(settings).intake, carrying: .eventLoop)
        if index != 7 { #expect(try take(body, name, through: roomy) == .empty) }
    }

    @Test(arguments: 0..<7) func `what swells too much for an event loop is left to the pool`(index: Int) throws {
        let (name, body) = Self.bombs[index]
        let bench = Bench()
        let light = PushPipeline(bench.intake, carrying: Weight(compressed: 1 << 20, decoded: 500_000))
        #expect(try take(body, name, through: light) == .tooHeavy)
        let narrow = PushPipeline(bench.intake, carrying: Weight(compressed: body.count - 1, decoded: 1 << 20))
        #expect(try take(body, name, through: narrow) == .tooHeavy)
        #expect(bench.intake.admission.inHand == 0)
        #expect(try take(body, name, through: PushPipeline(bench.intake, carrying: .threadPool)) == .empty)
    }

    @Test func `L1: bombs of every coding are 413 from the pool, over a socket`() async throws {
        var settings = Pushgateway()
        settings.limits.decodedSize = .mebibytes(5)
        try await RunningServer.with(Bench(settings, far: FarSide(.soon))) { server in
            let client = try server.client()
            let bombs: [(String, [UInt8], [UInt8])] = [
                ("deflate", Encoded.rawBomb(Self.hash, runs: 16_500), Encoded.rawBomb(Self.hash, runs: 24_500)),
                (
                    "snappy", Encoded.blockBomb(Self.hash, runs: 66_000),
                    Encoded.blockBomb(Self.hash, runs: 99_000)
                ),
                ("zstd", Encoded.zstdBomb(Self.hash, runs: 33), Encoded.zstdBomb(Self.hash, runs: 48)),
                (
                    "zstd, gzip", Gzip.stored(Encoded.zstdBomb(Self.hash, runs: 33)),
                    Gzip.stored(Encoded.zstdBomb(Self.hash, runs: 48))
                ),
            ]
            for (name, large, bomb) in bombs {
                let headers = "Content-Encoding: \(name)\r\n"
                #expect(client.push(large, headers: headers)?.status == 200, "\(name)")
                #expect(client.push(bomb, headers: headers)?.refuses(413, "limits.decoded_size") == true, "\(name)")
                #expect(client.push(Array(large.dropLast()), headers: headers)?.status == 400, "\(name)")
            }
            #expect(client.push("x 1\n", headers: "Content-Encoding: br\r\n")?.status == 415)
        }
    }

    @Test func `L3: a stage and what it decodes to are admitted together, and given back`() throws {
        var settings = Pushgateway()
        settings.limits.decodedSize = .bytes(9_000)
        settings.limits.inflightSize = .bytes(14_000)
        let bench = Bench(settings)
        let pipeline = PushPipeline(bench.intake, carrying: .eventLoop)
        let small = Encoded.zstd(Gzip.stored(Array(repeating: Self.hash, count: 1_000)))
        let large = Encoded.zstd(Gzip.stored(Array(repeating: Self.hash, count: 8_000)))
        #expect(try take(small, "gzip, zstd", through: pipeline) == .empty)
        let alone = #expect(throws: PushError.self) { try take(large, "gzip, zstd", through: pipeline) }
        #expect(alone?.reason == "inflight_size")
        #expect(alone.map { HTTPAnswer(refusing: $0).status.code } == 413)
        #expect(bench.intake.admission.inHand == 0)
        var others = bench.intake.admission.permit()
        let isGranted = others.grow(by: 13_000)
        #expect(isGranted)
        let together = #expect(throws: PushError.self) { try take(small, "gzip, zstd", through: pipeline) }
        #expect(together.map { HTTPAnswer(refusing: $0).status.code } == 503)
        #expect(bench.intake.admission.inHand == 13_000)
        _ = consume others
    }

    @Test(arguments: 0..<4) func `what promises its size gets an arena that the parser need not move`(
        index: Int
    ) throws {
        let text = Array("# \(String(repeating: "x", count: 1 << 20))\nx 1\n".utf8)
        let forms: [(String, [UInt8])] = [
            ("identity", text), ("gzip", Gzip.stored(text)), ("snappy", Encoded.block(text)),
            ("snappy, gzip", Gzip.stored(Encoded.block(text))),
        ]
        let pipeline = PushPipeline(Bench().intake, carrying: .threadPool)
        #expect(try take(forms[index].1, forms[index].0, through: pipeline) == .queued)
        #expect(pipeline.batch.arena.capacity >= text.count)
        #expect(pipeline.batch.arena.capacity < text.count + 16_384)
    }
}
