import Telemetry
import Testing

@Suite struct InstrumentsTests {
    @Test func `a counter counts`() {
        let counter = Counter()
        counter.add()
        counter.add(5)
        #expect(counter.value == 6)
    }

    @Test func `a gauge goes up and down`() {
        let gauge = Gauge()
        gauge.add(5)
        gauge.add(-7)
        #expect(gauge.value == -2)
        gauge.set(3)
        #expect(gauge.value == 3)
    }

    @Test func `a family has its first keys from the start and others once they have come`() {
        let family = CounterFamily(["a", "b", "a"])
        #expect(family.values == ["a": 0, "b": 0])
        family.add("b")
        family.add("c", 2)
        #expect(family.values == ["a": 0, "b": 1, "c": 2])
    }

    @Test func `all threads are counted`() async {
        let counter = Counter()
        let family = CounterFamily<Int>()
        await withTaskGroup { group in
            for task in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter.add()
                        family.add(task % 2)
                    }
                }
            }
        }
        #expect(counter.value == 8000)
        #expect(family.values == [0: 4000, 1: 4000])
    }
}
