import Bytes
import Foundation
import Testing

@Suite("The time of day")
struct WallClockTests {
    @Test func `it is the system's`() {
        let before = Date.now.timeIntervalSince1970
        let milliseconds = WallClock.milliseconds()
        let after = Date.now.timeIntervalSince1970
        #expect(Int64(before * 1_000) <= milliseconds)
        #expect(milliseconds <= Int64(after * 1_000) + 1)
    }
}
