import Compression
import Discovery
import Exposition
import Relabeling
import Samples
import Settings

/// A body as it came, with what it takes to read it.
struct ScrapeBody: Sendable {
    enum Format: Sendable {
        case text, openMetrics, protobuf
    }

    var bytes: [UInt8]
    var coding: ContentCoding?
    var format: Format

    /// The body of an answer.
    init(_ response: FetchResponse) throws(ScrapeFlaw) {
        guard response.status == 200 else { throw ScrapeFlaw(.status, "the answer was \(response.status)") }
        bytes = response.body
        switch (response.contentEncoding ?? "").lowercased() {
        case "", "identity": coding = nil
        case "gzip", "x-gzip": coding = .gzip
        case let other: throw ScrapeFlaw(.body, "the body is compressed as \(other.quoted), which was not asked for")
        }
        // What names neither of the two is text, as for Prometheus.
        let type = (response.contentType ?? "").prefix { $0 != ";" }.lowercased()
        switch type.filter({ $0 != " " }) {
        case "application/openmetrics-text": format = .openMetrics
        case "application/vnd.google.protobuf": format = .protobuf
        default: format = .text
        }
    }

    /// The body in less memory, to be read again.
    func packed(_ decoded: [UInt8]) -> ScrapeBody {
        guard coding == nil else { return self }
        var packed = self
        var block: [UInt8] = []
        Snappy.compress(decoded.span, into: &block)
        // The codec asks for room for the worst case.
        packed.bytes = []
        packed.bytes.reserveCapacity(block.count)
        packed.bytes += block
        packed.coding = .snappy
        return packed
    }
}

/// Reads bodies into batches, and keeps the memory for the next.
struct BodyReader: ~Copyable {
    private var decompressor = Decompressor()
    private var text = TextParser()
    private var openMetrics = OpenMetricsParser()
    private var protobuf = ProtobufParser()
    private let decodedLimit: Int
    /// How much may be taken to read and encode one body.
    private let memoryLimit: Int
    private let canonicalBuckets: Bool

    init(_ settings: Pushgateway) {
        decodedLimit = settings.limits.decodedSize.bytes
        memoryLimit = settings.limits.inflightSize.bytes
        canonicalBuckets = settings.canonicalBuckets
    }

    /// Puts what a body holds into the arena of an empty batch.
    mutating func decode(_ body: ScrapeBody, into batch: inout SampleBatch) throws(ScrapeFlaw) {
        guard let coding = body.coding else {
            guard body.bytes.count <= decodedLimit else { throw tooLarge }
            batch.arena.append(contentsOf: body.bytes)
            return
        }
        do throws(CompressionError) {
            try decompressor.decompress(body.bytes.span, coding, into: &batch.arena, limit: decodedLimit)
        } catch {
            if case .tooLarge = error { throw tooLarge }
            throw ScrapeFlaw(.body, "the compressed body is corrupt or cut short")
        }
    }

    /// Makes series of what stands in the arena.
    mutating func parse(_ format: ScrapeBody.Format, _ batch: inout SampleBatch) throws(ScrapeFlaw) {
        try check(Self.readingSize(format, of: batch.arena.span))
        do {
            switch format {
            case .text: try text.parse(&batch, canonicalBuckets: canonicalBuckets)
            case .openMetrics: try openMetrics.parse(&batch, canonicalBuckets: canonicalBuckets)
            case .protobuf: try protobuf.parse(&batch)
            }
        } catch {
            throw ScrapeFlaw(.body, "the body cannot be read: \(error)")
        }
    }

    /// Refuses what takes more memory than all pushes together may: a small body can ask for much.
    func check(_ size: Int) throws(ScrapeFlaw) {
        guard size > memoryLimit else { return }
        let limit = ByteSize(bytes: memoryLimit)
        throw ScrapeFlaw(.bodySize, "it would take more than limits.inflight_size, \(limit), to read the body")
    }

    private static func readingSize(_ format: ScrapeBody.Format, of body: borrowing Span<UInt8>) -> Int {
        switch format {
        case .text: TextParser.largestSize(of: body)
        case .openMetrics: OpenMetricsParser.largestSize(of: body)
        case .protobuf: ProtobufParser.largestSize(of: body)
        }
    }

    private var tooLarge: ScrapeFlaw {
        ScrapeFlaw(.bodySize, "the body holds more than limits.decoded_size, \(ByteSize(bytes: decodedLimit))")
    }
}
