import Delivery
import Fixtures
import NIOCore
import Samples
import Testing

@testable import Ingest

@Suite("The formats agree (B1, B4, B11, B12)")
struct FormatsAgreeTests {
    private func stored(_ body: [UInt8], _ format: ExpositionFormat) throws -> [String] {
        let bench = Bench()
        let push = PushRequest(
            grouping: Grouping(job: Array("j".utf8)), encoding: .identity, format: format)
        _ = try PushPipeline(bench.intake, carrying: .eventLoop)
            .take(push, body: ByteBuffer(bytes: body), settled: Acknowledgement { _ in })
        return bench.far.lines.sorted()
    }

    @Test func `random families are the same series as text, as OpenMetrics and as protobuf`() throws {
        var random = SplitMix(state: 7)
        for round in 0..<300 {
            let families = (0..<Int.random(in: 1...4, using: &random)).map { RandomFamily(index: $0, using: &random) }
            let text = families.map { $0.lines(isOpenMetrics: false) }.joined()
            let openMetrics = families.map { $0.lines(isOpenMetrics: true) }.joined() + "# EOF\n"
            var protobuf = ProtobufWriter()
            for family in families { family.write(to: &protobuf) }
            let expected = try stored(Array(text.utf8), .text)
            #expect(!expected.isEmpty)
            #expect(try stored(Array(openMetrics.utf8), .openMetrics) == expected, "round \(round): \(openMetrics)")
            #expect(try stored(protobuf.bytes, .protobuf) == expected, "round \(round): \(text)")
        }
    }
}
