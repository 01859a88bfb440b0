import Testing

@testable import Scraping

@Suite struct SeriesMemoryTests {
    @Test func `series that are not there any more have ended, new ones have begun`() {
        let memory = SeriesMemory([3, 5, 6])
        #expect(memory.change(to: [3, 5, 6]) == ([], 0))
        // The lowest bit of 6 says that no marker follows it.
        #expect(memory.change(to: [5, 9]) == ([3], 1))
        #expect(memory.change(to: []) == ([3, 5], 0))
        #expect(memory.change(to: [7, 5, 3]) == ([], 0))
    }

    @Test func `what has been marked does not end again, and is not new either`() {
        var memory = SeriesMemory([3, 5])
        memory.mark()
        #expect(memory.change(to: [5, 9]) == ([], 1))
        #expect(SeriesMemory.shared([SeriesMemory([5])], with: [memory]) == [])
    }

    @Test func `what others have as well is known, whether a marker follows it there or not`() {
        let memories = [SeriesMemory([3, 5]), SeriesMemory([7])]
        #expect(SeriesMemory.shared(memories, with: [SeriesMemory([2, 9]), SeriesMemory([7])]) == [3, 7])
        #expect(SeriesMemory.shared(memories, with: []) == [])
        #expect(SeriesMemory.shared([], with: memories) == [])
    }
}

private func == (one: (ended: Set<UInt64>, begun: Int), other: (Set<UInt64>, Int)) -> Bool {
    one.ended == other.0 && one.begun == other.1
}
