import Testing

@testable import Telemetry

@Suite struct HistogramTests {
    @Test func `a value counts for every bound that it is not above`() {
        let histogram = Histogram(.bytes, bounds: [10, 20])
        for value in [0, 10, 11, 20, 21, 1_000_000] { histogram.record(value) }
        let reading = histogram.reading
        #expect(reading.cumulative.map(\.bound) == ["10", "20", "+Inf"])
        #expect(reading.cumulative.map(\.count) == [2, 4, 6])
        #expect(reading.count == 6)
        #expect(reading.sum == "1000062")
    }

    @Test func `times are shown in seconds`() {
        let histogram = Histogram.durations()
        histogram.record(.milliseconds(1_250))
        histogram.record(.microseconds(500))
        let reading = histogram.reading
        #expect(reading.cumulative.first?.bound == "0.0005")
        #expect(reading.cumulative.first?.count == 1)
        #expect(reading.cumulative.first { $0.bound == "2.5" }?.count == 2)
        #expect(reading.cumulative.dropLast().last?.bound == "60")
        #expect(reading.sum == "1.2505")
    }

    @Test func `sizes go from 256 bytes to 64 MiB`() {
        let bounds = Histogram.sizes().reading.cumulative.map(\.bound)
        #expect(bounds.first == "256")
        #expect(bounds.dropLast().last == String(64 << 20))
    }

    @Test func `a time below nothing is nothing`() {
        let histogram = Histogram.durations()
        histogram.record(-5)
        #expect(histogram.reading.sum == "0")
        #expect(histogram.count == 1)
    }

    @Test(arguments: [(0, 3, "0"), (1_250, 3, "1.25"), (1, 9, "0.000000001"), (3_000, 3, "3")])
    func `a number has a point before its last digits`(number: Int, places: Int, text: String) {
        #expect(number.decimal(places: places) == text)
    }
}
