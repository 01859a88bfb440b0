import Samples
import Testing

@Suite("What a pusher is told of a batch that cannot be sent (B5, B6)")
struct BatchErrorTests {
    @Test func `the sentence begins as the Pushgateway's and names the series`() {
        #expect(
            BatchError.duplicateSeries(#"a{b="c"}"#).description
                == "pushed metrics are invalid or inconsistent with existing metrics: "
                + #"a{b="c"} was collected before with the same name, label values and time"#)
        #expect(
            BatchError.reservedLabel(name: "__x", series: "a").description
                == "pushed metrics are invalid or inconsistent with existing metrics: "
                + #"a has the label name "__x", and names beginning with "__" are reserved"#)
    }
}
