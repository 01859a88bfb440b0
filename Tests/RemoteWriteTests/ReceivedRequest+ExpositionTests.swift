import Samples
import Testing

@testable import RemoteWrite

@Suite("Received series as lines")
struct ReceivedRequestExpositionTests {
    private func series(_ name: String, _ labels: [(String, String)] = [], value: Double = 1) -> ReceivedSeries {
        var series = ReceivedSeries()
        series.labels = [ReceivedLabel(name: "__name__", value: name)]
        series.labels += labels.map { ReceivedLabel(name: $0.0, value: $0.1) }
        var sample = ReceivedSample()
        sample.value = value
        sample.timestamp = 7
        series.samples = [sample]
        return series
    }

    @Test(arguments: [
        (1.0, "1"), (-0.0, "-0"), (0.1, "0.1"), (1e300, "1e+300"), (123_456_789, "123456789"), (.nan, "NaN"),
        (.infinity, "+Inf"), (-.infinity, "-Inf"), (Double(bitPattern: 0x7ff0_0000_0000_0002), "StaleNaN"),
    ])
    func `numbers are written as Prometheus reads them`(value: Double, text: String) {
        #expect(series("m", value: value).expositionLines == "m \(text) 7\n")
    }

    @Test func `values are escaped, whatever stands beside the byte`() {
        let labels = [("a", "\\ \" \n \r\n \"\u{301}"), ("b", "é")]
        #expect(
            series("m", labels).expositionLines == #"m{a="\\ \" \n "# + "\r" + #"\n \""# + "\u{301}\",b=\"é\"} 1 7\n")
    }

    @Test func `names of another form stand in quotes`() {
        #expect(series("a.b").expositionLines == "{\"a.b\"} 1 7\n")
        #expect(series("a.b", [("c d", "e"), ("f", "g")]).expositionLines == "{\"a.b\",\"c d\"=\"e\",f=\"g\"} 1 7\n")
        #expect(series("a:b", [("c:d", "e"), ("1", "2")]).expositionLines == "a:b{\"c:d\"=\"e\",\"1\"=\"2\"} 1 7\n")
    }

    @Test func `each sample has its line`() {
        var series = series("m", [("a", "b")])
        series.samples += series.samples
        #expect(series.expositionLines == "m{a=\"b\"} 1 7\nm{a=\"b\"} 1 7\n")
    }

    @Test func `exemplars alone have a line`() {
        var series = series("m")
        series.samples = []
        series.exemplars = [ReceivedExemplar()]
        #expect(series.expositionLines == "m # {} 0 0\n")
    }

    @Test func `metadata that is repeated is written once`() {
        var first = series("m", [("a", "1")])
        first.metadata = ReceivedMetadata()
        first.metadata?.type = .gaugeHistogram
        first.metadata?.help = "a\nb"
        var second = series("m", [("a", "2")])
        second.metadata = first.metadata
        #expect(
            ReceivedRequest([first, second]).expositionLines() == """
                # TYPE m gaugehistogram
                # HELP m a\\nb
                m{a="1"} 1 7
                m{a="2"} 1 7

                """)
    }

    @Test func `text that grows too long ends with what is missing`() {
        let request = ReceivedRequest(Array(repeating: series("m", [("a", "b")]), count: 10))
        #expect(request.expositionLines(upTo: 35) == "m{a=\"b\"} 1 7\nm{a=\"b\"} 1 7\n# 8 more series are not shown\n")
        #expect(request.expositionLines(upTo: 5) == "# 10 more series are not shown\n")
    }
}
