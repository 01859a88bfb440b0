import RemoteWrite
import RemoteWriteProtos
import SwiftProtobuf
import Testing

@Suite("What both versions forbid in a series (RW1 1-19 to 1-31, RW2 2-52 to 2-61)")
struct ReceivedSeriesCheckTests {
    /// Why a version 1 series of these labels and samples is refused; nil: it is not.
    private func fault(
        _ labels: [PlainLabel], _ samples: [PlainSample] = [PlainSample(1, 1)]
    ) throws -> (index: Int, error: ReadError)? {
        let series = Prometheus_TimeSeries.with {
            $0.labels = labels.map { label in
                .with {
                    $0.name = label.name
                    $0.value = label.value
                }
            }
            $0.samples = samples.map { sample in
                .with {
                    $0.value = sample.value
                    $0.timestamp = sample.timestamp ?? 0
                }
            }
        }
        let good = Prometheus_TimeSeries.with {
            $0.labels = [
                .with {
                    $0.name = "__name__"
                    $0.value = "good"
                }
            ]
        }
        let bytes: [UInt8] = try Prometheus_WriteRequest.with { $0.timeseries = [good, series] }.serializedBytes()
        do throws(ReadError) {
            _ = try WriteRequestReader.read(bytes, version: .v1)
            return nil
        } catch {
            guard case .series(let index, _, let error) = error else { return (-1, error) }
            return (index, error)
        }
    }

    private static let name = PlainLabel("__name__", "m")

    @Test(arguments: [
        ([], ReadError.missingName),
        ([PlainLabel("a", "b")], .missingName),
        ([PlainLabel("", "b"), name], .emptyLabelName),
        ([name, PlainLabel("a", "")], .emptyLabelValue(name: "a")),
        ([PlainLabel("__name__", "")], .emptyLabelValue(name: "__name__")),
        ([name, PlainLabel("a", "b"), PlainLabel("a", "c")], .duplicateLabel(name: "a")),
        ([name, PlainLabel("b", "b"), PlainLabel("a", "c")], .unsortedLabel(name: "a", after: "b")),
        ([name, PlainLabel("A", "b")], .unsortedLabel(name: "A", after: "__name__")),
        // By bytes U+00E9 stands after `e` and its accent, though as texts the two are equal.
        (
            [name, PlainLabel("\u{e9}", "1"), PlainLabel("e\u{301}", "2")],
            .unsortedLabel(name: "e\u{301}", after: "\u{e9}")
        ),
    ])
    func `bad labels are refused`(labels: [PlainLabel], error: ReadError) throws {
        let fault = try #require(try fault(labels))
        #expect(fault.index == 1)
        #expect(fault.error == error)
    }

    @Test(arguments: [
        [name, PlainLabel("e\u{301}", "1"), PlainLabel("\u{e9}", "2")],
        [PlainLabel("A", "1"), name, PlainLabel("a.b", "2"), PlainLabel("ab", "3")],
    ])
    func `good labels are not`(labels: [PlainLabel]) throws {
        #expect(try fault(labels) == nil)
    }

    @Test func `samples out of order are refused`() throws {
        let fault = try #require(try fault([Self.name], [PlainSample(1, 5), PlainSample(2, 7), PlainSample(3, 6)]))
        #expect(fault.error == .outOfOrder(timestamp: 6, after: 7))
    }

    @Test func `different values at one time are refused, a repeated sample is not`() throws {
        let fault = try #require(try fault([Self.name], [PlainSample(1, 5), PlainSample(2, 5)]))
        #expect(fault.error == .conflictingSamples(timestamp: 5))
        #expect(try self.fault([Self.name], [PlainSample(1, 5), PlainSample(1, 5), PlainSample(2, 6)]) == nil)
    }

    @Test func `histograms out of order are refused`() throws {
        let bytes: [UInt8] = try Prometheus_WriteRequest.with {
            $0.timeseries = [
                .with {
                    $0.labels = [
                        .with {
                            $0.name = "__name__"
                            $0.value = "m"
                        }
                    ]
                    $0.histograms = [2, 1].map { time in .with { $0.timestamp = time } }
                }
            ]
        }.serializedBytes()
        #expect(throws: ReadError.series(index: 0, labels: "m", .outOfOrder(timestamp: 1, after: 2))) {
            try WriteRequestReader.read(bytes, version: .v1)
        }
    }
}
