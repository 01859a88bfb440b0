import Testing

@testable import Status

@Suite struct ChartTests {
    @Test func `a line goes from the left to the right, and its peak to the top`() {
        let svg = Chart(lines: [[0, 5, 10]], label: "up").svg
        #expect(svg.contains("viewBox=\"0 0 4 48\""))
        #expect(svg.contains("class=\"area\" d=\"M-8 56L0 47L2 25L4 3L12 56Z\""))
    }

    @Test func `a flat stretch is its two ends`() {
        #expect(Chart(lines: [[0, 0, 0, 0, 7]], label: "").svg.contains("L0 47L6 47L8 3L"))
    }

    @Test func `lines share a scale, and without values there is no harm`() {
        let svg = Chart(lines: [[5, 5], [10, 10]], label: "<").svg
        #expect(svg.contains("class=\"area\" d=\"M-8 56L0 25L2 25L10 56Z\""))
        #expect(svg.contains("class=\"more\" d=\"M0 3L2 3\""))
        #expect(svg.contains("aria-label=\"&lt;\""))
        #expect(Chart(lines: [[]], label: "").svg.contains("viewBox=\"0 0 2 48\""))
    }
}
