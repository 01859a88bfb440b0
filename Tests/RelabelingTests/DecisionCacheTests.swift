import Samples
import Testing

@testable import Relabeling

@Suite("The memory of decisions")
struct DecisionCacheTests {
    private func key(_ number: Int) -> SeriesHash {
        SeriesHash(low: UInt64(bitPattern: Int64(number)) &* 0x9e37_79b9_7f4a_7c15, high: 1)
    }

    private func store(_ number: Int, value: Int = 3) -> DecisionStore {
        var labels = Labels.parse(#"{__name__="m",a="\#(number)"}"#)
        labels.set([98], to: Array(repeating: 99, count: value))
        var store = DecisionStore()
        _ = store.add(key(number), key(-number), labels, from: LabelOrigins())
        return store
    }

    @Test func `what is added is found, with its labels`() {
        var cache = DecisionCache(limit: 1000)
        for number in 1...300 { cache.add(0, of: store(number)) }
        for number in 1...300 {
            guard let found = cache.find(key(number)) else {
                Issue.record("\(number) is not known")
                continue
            }
            let entry = cache.young.entries[found]
            #expect(entry.result == key(-number) && entry.fate == .changed && entry.labels.count == 3)
            let texts = cache.young.texts[Int(entry.texts.lowerBound)..<Int(entry.texts.upperBound)]
            #expect(String(decoding: texts, as: UTF8.self) == "ma\(number)bccc")
        }
        #expect(cache.find(key(301)) == nil)
    }

    @Test func `there are never more than allowed, and what is asked for stays`() {
        var cache = DecisionCache(limit: 100)
        for number in 1...10_000 {
            cache.add(0, of: store(number))
            #expect(cache.count <= 100)
            #expect(cache.find(key(1)) != nil)
        }
        #expect(cache.find(key(10_000)) != nil)
        #expect(cache.find(key(5_000)) == nil)
    }

    @Test func `neither are there more bytes, nor large decisions`() {
        var cache = DecisionCache(limit: 100)
        cache.add(0, of: store(1, value: DecisionCache.largest))
        #expect(cache.count == 0)
        for number in 1...1_000 {
            cache.add(0, of: store(number, value: 2_000))
            let generation = 50 * DecisionCache.bytesPerDecision
            #expect(cache.young.size <= generation && cache.old.size <= generation)
        }
        #expect(cache.count > 10)
    }

    @Test(arguments: [0, 1]) func `a memory of nothing remembers nothing`(limit: Int) {
        var cache = DecisionCache(limit: limit)
        cache.add(0, of: store(1))
        #expect(cache.count == 0)
        #expect(cache.find(key(1)) == nil)
    }

    @Test func `what is known is not added again`() {
        var cache = DecisionCache(limit: 100)
        for _ in 0..<3 { cache.add(0, of: store(1)) }
        #expect(cache.count == 1)
    }
}
