import BenchBodies
import CDeflate
import Compression
import Exposition
import Fixtures
import Foundation
import Relabeling
import RemoteWrite
import Samples
import Settings

// What relabelling adds to the CPU of a push whose series are known: all that a gzip push of 10,000 samples takes between
// the socket and the queue, without rules and with ten, in nanoseconds a sample. Whether that is at most 25 % of a push is
// judged by `Tests/Benchmarks/program`, of the whole program: here HTTP and the sending are missing.
//
//     PUSH_COLLECTOR_BENCH=1 swift run -c release BenchRelabel

/// The CPU time of the process in nanoseconds.
func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The bytes in one gzip member.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let compressor = libdeflate_alloc_compressor(6)
    defer { libdeflate_free_compressor(compressor) }
    var member = [UInt8](repeating: 0, count: bytes.count + 1_000)
    let count = libdeflate_gzip_compress(compressor, bytes, bytes.count, &member, member.count)
    precondition(count > 0, "a body that is compressed is not larger")
    return Array(member.prefix(count))
}

/// A push's way, with what relabelling makes of it.
struct Run {
    var name: String
    var relabeler: Relabeler?
    var out = RelabeledSeries()
    var batch = SampleBatch()
    var parser = TextParser()
    var encoder: WriteRequestEncoder = {
        var profile = OutboundProfile()
        profile.samplesPerMessage = 2_000
        return WriteRequestEncoder(profile)
    }()
    var push = EncodedPush()
    var sealed: [UInt8] = []
    var best = (all: Int.max, relabel: Int.max, encode: Int.max)
    let grouping = Grouping(
        job: Array("bench".utf8), labels: [.init(name: Array("node".utf8), value: Array("n1".utf8))])

    init(_ name: String, rules: [RelabelRule], external: [String: String] = [:]) throws {
        self.name = name
        var settings = Settings()
        settings.push.pushgateway.relabelRules = rules
        settings.externalLabels = external
        settings.remoteWrite = [DestinationSettings(url: "http://x.test")]
        relabeler = try Relabelings(settings).relabelers[0]
    }

    mutating func measure(_ body: [UInt8], _ decompressor: inout Decompressor) throws {
        batch.removeAll(keepingCapacityUpTo: 1 << 30)
        let start = now()
        // The same way as in `PushPipeline`, from the body to the sealed parts.
        try decompressor.decompress(body.span, .gzip, into: &batch.arena, limit: 1 << 28)
        precondition(TextParser.largestSize(of: batch.arena.span) > 0, "a body takes memory")
        try parser.parse(&batch, canonicalBuckets: true)
        try batch.canonicalize(under: grouping, keepingHashes: relabeler != nil)
        let canonical = now()
        relabeler?.relabel(&batch, under: grouping, into: &out) { _ in }
        let relabeled = now()
        if relabeler != nil { out.enter(&batch, receiptTime: 1_700_000_000_000) }
        encoder.encode(
            batch, grouping: relabeler == nil ? grouping : out.grouping, receiptTime: 1_700_000_000_000, into: &push)
        if relabeler != nil { out.leave(&batch) }
        let encoded = now()
        precondition(WriteRequestEncoder.largestSize(of: batch, under: grouping) > 0, "a batch takes memory")
        for part in push.parts(samples: 2_000, bytes: 3 << 20) {
            var block: [UInt8] = []
            if let whole = part.place.message {
                Snappy.compress(push.bytes.span.extracting(whole), into: &block)
            } else {
                let body = part.place.extract(from: push.bytes.span).bytes
                Snappy.compress(body.span, into: &block)
            }
            sealed = Array(block.prefix(block.count))
        }
        best.all = min(best.all, now() - start)
        best.relabel = min(best.relabel, relabeled - canonical)
        best.encode = min(best.encode, encoded - relabeled)
    }
}

var decompressor = Decompressor()
for samples in [10, 10_000] {
    let body = gzip(Fixtures.bigExposition(samples: samples))
    var runs = [
        try Run("no rules", rules: []), try Run("external labels", rules: [], external: ["replica": "a"]),
        try Run("ten rules that keep all", rules: Rules.dropping),
        try Run("ten rules that change all", rules: Rules.changing),
    ]
    // In turns, so that all see the same weather.
    for _ in 0..<4_000_000 / (samples + 1000) {
        for index in runs.indices { try runs[index].measure(body, &decompressor) }
    }
    for run in runs {
        let more = (run.best.all - runs[0].best.all) * 100 / runs[0].best.all
        print(
            "\(samples) samples, \(run.name): \(run.best.all / samples) ns a sample, of which relabel",
            "\(run.best.relabel / samples), encode \(run.best.encode / samples); \(run.push.bytes.count / samples) bytes;",
            "\(more) % more")
    }
}
