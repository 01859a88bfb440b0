import Fixtures
import RemoteWrite
import RemoteWriteProtos
import Samples
import SwiftProtobuf
import Testing

private typealias Request = Io_Prometheus_Write_V2_Request

@Suite("RW2: version 2 as it is read")
struct Version2ReaderTests {
    /// A request of one series `m` with one sample.
    private static func request(_ change: (inout Request) -> Void = { _ in }) -> Request {
        var request = Request()
        request.symbols = ["", "__name__", "m"]
        request.timeseries = [
            .with {
                $0.labelsRefs = [1, 2]
                $0.samples = [.with { $0.value = 1 }]
            }
        ]
        change(&request)
        return request
    }

    private func read(_ request: Request) throws -> ReceivedRequest {
        try WriteRequestReader.request(request.serializedBytes(), version: .v2)
    }

    @Test(arguments: [GoldenVectors.full, GoldenVectors.nativeHistogram, GoldenVectors.customBuckets])
    func `the independent decoder knows the schema that Prometheus writes`(hex: String) throws {
        let request = try Request(serializedBytes: [UInt8](hex: hex))
        #expect(request.timeseries.count == 1)
        #expect(try (request.serializedBytes() as [UInt8]).hex == hex)
    }

    @Test func `a request that is all right is read`() throws {
        #expect(try read(Self.request()).expositionLines() == "m 1 0\n")
    }

    @Test(arguments: [[], ["__name__", "m"]])
    func `symbols that do not begin with the empty one are refused`(symbols: [String]) {
        #expect(throws: ReadError.firstSymbolNotEmpty) { try read(Self.request { $0.symbols = symbols }) }
    }

    @Test func `a symbol that stands there twice is refused, by bytes`() throws {
        #expect(throws: ReadError.duplicateSymbol("m")) { try read(Self.request { $0.symbols += ["x", "m"] }) }
        _ = try read(Self.request { $0.symbols += ["\u{e9}", "e\u{301}"] })
    }

    @Test(arguments: [
        ([1, 3], ReadError.referenceOutOfRange(3, symbols: 3)),
        ([1, .max], .referenceOutOfRange(UInt64(UInt32.max), symbols: 3)),
        ([1], .oddReferences(1)),
        ([], .missingName),
        ([0, 2], .emptyLabelName),
        ([1, 0], .emptyLabelValue(name: "__name__")),
        ([1, 2, 1, 2], .duplicateLabel(name: "__name__")),
        ([2, 1, 1, 2], .unsortedLabel(name: "__name__", after: "m")),
    ])
    func `bad references are refused`(references: [UInt32], error: ReadError) throws {
        let request = Self.request { $0.timeseries[0].labelsRefs = references }
        let thrown = try #require(throws: ReadError.self) { try read(request) }
        guard case .series(index: 0, _, let inner) = thrown else {
            Issue.record("\(thrown)")
            return
        }
        #expect(inner == error)
    }

    @Test func `bad references of exemplars and metadata are refused`() {
        let exemplar = Self.request { $0.timeseries[0].exemplars = [.with { $0.labelsRefs = [1, 9] }] }
        #expect(throws: ReadError.series(index: 0, labels: "{}", .referenceOutOfRange(9, symbols: 3))) {
            try read(exemplar)
        }
        let odd = Self.request { $0.timeseries[0].exemplars = [.with { $0.labelsRefs = [1, 2, 1] }] }
        #expect(throws: ReadError.series(index: 0, labels: "{}", .oddReferences(3))) { try read(odd) }
        let metadata = Self.request { $0.timeseries[0].metadata.helpRef = 9 }
        #expect(throws: ReadError.series(index: 0, labels: "{}", .referenceOutOfRange(9, symbols: 3))) {
            try read(metadata)
        }
    }

    @Test func `a series has samples or histograms, and not both`() {
        let none = Self.request { $0.timeseries[0].samples = [] }
        #expect(throws: ReadError.series(index: 0, labels: "m", .noSamples)) { try read(none) }
        let both = Self.request { $0.timeseries[0].histograms = [.with { $0.countInt = 1 }] }
        #expect(throws: ReadError.series(index: 0, labels: "m", .samplesAndHistograms)) { try read(both) }
    }

    @Test func `symbols may stand behind the series, and references unpacked`() throws {
        let series = "2a0a" + "0801" + "0802" + "12020000".replacing("12020000", with: "120410011807")
        let hex = series + "2200" + "22085f5f6e616d655f5f" + "22016d"
        let request = try WriteRequestReader.request([UInt8](hex: hex), version: .v2)
        #expect(request.expositionLines() == "m 0 1 st@7\n")
    }

    @Test func `a version 1 request is none of version 2, and the other way round`() throws {
        #expect(throws: ReadError.firstSymbolNotEmpty) {
            try WriteRequestReader.read([UInt8](hex: GoldenVectors.sample), version: .v2)
        }
        // The fields of version 2 are unknown to version 1: that is what its numbers were chosen for.
        #expect(try WriteRequestReader.read([UInt8](hex: GoldenVectors.full), version: .v1).isEmpty)
    }

    @Test(arguments: 0..<100)
    func `what SwiftProtobuf encodes is read`(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed))
        let push = RandomPush(using: &random)
        var request = Request()
        request.symbols = [""]
        var references: [[UInt8]: UInt32] = [[]: 0]
        func reference(_ text: String) -> UInt32 {
            if let known = references[Array(text.utf8)] { return known }
            request.symbols.append(text)
            references[Array(text.utf8)] = UInt32(request.symbols.count - 1)
            return UInt32(request.symbols.count - 1)
        }
        let series = push.message.timeseries
        request.timeseries = series.map { series in
            .with {
                $0.labelsRefs = series.labels.flatMap { [reference($0.name), reference($0.value)] }
                $0.samples = series.samples.map { sample in
                    .with {
                        $0.value = sample.value
                        $0.timestamp = sample.timestamp
                        $0.startTimestamp = sample.timestamp &- 1
                    }
                }
                $0.metadata.type = .gauge
                $0.metadata.helpRef = reference("help")
            }
        }
        let read = try read(request).series
        #expect(read.count == series.count)
        for (read, sent) in zip(read, series) {
            #expect(read.labels == sent.labels.map { ReceivedLabel(name: $0.name, value: $0.value) })
            #expect(read.samples.map(\.timestamp) == sent.samples.map(\.timestamp))
            #expect(read.samples.map(\.startTimestamp) == sent.samples.map { $0.timestamp &- 1 })
            #expect(read.samples.map(\.value.bitPattern) == sent.samples.map(\.value.bitPattern))
            #expect(read.metadata?.type == .gauge)
            #expect(read.metadata?.help == "help")
        }
    }
}
