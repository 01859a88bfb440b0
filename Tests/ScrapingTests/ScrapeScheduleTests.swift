import Testing

@testable import Scraping

@Suite struct ScrapeScheduleTests {
    private let start = ContinuousClock.now

    private func schedule() -> ScrapeSchedule { ScrapeSchedule(every: .seconds(60), from: start) }

    @Test func `targets are spread over the interval by their hashes`() {
        var schedule = schedule()
        for target in 0..<4 { schedule.add(target, hash: UInt64(target) << 62, now: start) }
        #expect(schedule.nextTime == start + .seconds(15))
        #expect(schedule.begin(atMost: 9, now: start + .seconds(14)) == [])
        #expect(schedule.begin(atMost: 9, now: start + .seconds(45)) == [1, 2, 3])
        #expect(schedule.begin(atMost: 9, now: start + .seconds(60)) == [0])
    }

    @Test func `a target is never under way twice, and what it was too slow for is left out`() {
        var schedule = schedule()
        schedule.add(1, hash: 1 << 63, now: start)
        #expect(schedule.begin(atMost: 9, now: start + .seconds(30)) == [1])
        #expect(schedule.nextTime == nil)
        #expect(schedule.begin(atMost: 9, now: start + .seconds(200)) == [])
        schedule.finish(1, now: start + .seconds(200))
        #expect(schedule.nextTime == start + .seconds(210))
    }

    @Test func `only so many are begun, those first that wait longest`() {
        var schedule = schedule()
        for target in 0..<4 { schedule.add(target, hash: UInt64(3 - target) << 62, now: start - .seconds(1)) }
        #expect(schedule.begin(atMost: 2, now: start + .seconds(59)) == [3, 2])
        #expect(schedule.begin(atMost: 0, now: start + .seconds(59)) == [])
        #expect(schedule.begin(atMost: 5, now: start + .seconds(59)) == [1, 0])
    }

    @Test func `what is removed is not begun, and may be told finished`() {
        var schedule = schedule()
        schedule.add(1, hash: 0, now: start)
        schedule.remove(1)
        schedule.finish(1, now: start)
        #expect(schedule.nextTime == nil)
    }

    @Test func `the place in the interval stays the same for ever`() {
        var schedule = schedule()
        schedule.add(1, hash: 0x5555_5555_5555_5555, now: start + .seconds(7))
        var now = start
        for turn in 0..<1_000 {
            let time = schedule.nextTime ?? now
            #expect(time > now && (time - start) / .seconds(60) - Double(turn) < 0.34)
            #expect(schedule.begin(atMost: 1, now: time) == [1])
            now = time
            schedule.finish(1, now: now)
        }
    }
}
