import Telemetry
import Testing

@testable import Delivery

@Suite("Budget")
struct BudgetTests {
    @Test func `it gives what there is and no byte more`() {
        let budget = Budget(limit: 100, gauge: Gauge())
        #expect(budget.reserve(60))
        #expect(!budget.reserve(41))
        #expect(budget.reserve(40))
        #expect(budget.held == 100)
    }

    @Test func `what is given back can be had again, and the gauge shows it`() {
        let gauge = Gauge()
        let budget = Budget(limit: 100, gauge: gauge)
        #expect(budget.reserve(100))
        #expect(gauge.value == 100)
        budget.release(30)
        #expect(gauge.value == 70)
        #expect(budget.reserve(30))
    }

    @Test func `many at once never hold more than the limit`() async {
        let gauge = Gauge()
        let budget = Budget(limit: 50, gauge: gauge)
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var wasWithin = true
                    for _ in 0..<5_000 where budget.reserve(20) {
                        wasWithin = wasWithin && budget.held <= 50
                        budget.release(20)
                    }
                    return wasWithin
                }
            }
            for await wasWithin in group { #expect(wasWithin) }
        }
        #expect(budget.held == 0)
        #expect(gauge.value == 0)
    }
}
