import Telemetry
import Testing

@testable import Scraping

@Suite struct MemoryBudgetTests {
    private let metrics = ScrapeMetrics()

    @Test func `what there is no room for is not remembered, and counted`() {
        var budget = MemoryBudget(limit: 5, metrics)
        var (first, second) = (SeriesMemory(), SeriesMemory())
        budget.replace(&first, of: 1, with: SeriesMemory([1, 3, 5]))
        budget.replace(&second, of: 2, with: SeriesMemory([1, 3, 5]))
        #expect(first.count == 3 && second.count == 0)
        #expect(metrics.remembered.value == 3 && metrics.notRemembered.value == 3)
        budget.replace(&first, of: 1, with: SeriesMemory([1]))
        budget.replace(&second, of: 2, with: SeriesMemory([1, 3, 5]))
        #expect(second.count == 3)
        #expect(metrics.remembered.value == 4 && metrics.notRemembered.value == 0)
    }
}
