import Testing

@testable import Status

@Suite("Numbers and times as people read them")
struct WordsTests {
    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (61, "1 min 1 s"), (3_600, "1 h"), (90_061, "1 d 1 h"),
        (86_401, "1 d"), (-5, "0 s"),
    ])
    func `a time has its two largest units`(seconds: Int, text: String) {
        #expect(Words.duration(seconds: seconds) == text)
    }

    @Test(arguments: [
        (340_000, "340 µs"), (1_250_000, "1.2 ms"), (12_900_000, "12 ms"), (1_250_000_000, "1.2 s"),
        (60_000_000_000, "60 s"),
    ])
    func `a short time has two digits or more`(nanoseconds: Int, text: String) {
        #expect(Words.duration(nanoseconds: nanoseconds) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (1_023, "1023 B"), (1_536, "1.5 KiB"), (128 << 20, "128 MiB"), (5 << 40, "5 TiB"),
        (.max >> 10, "8,191 TiB"),
    ])
    func `a size has a unit`(bytes: Int, text: String) { #expect(Words.bytes(bytes) == text) }

    @Test(arguments: [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")])
    func `digits stand in groups`(number: Int, text: String) { #expect(Words.grouped(number) == text) }

    @Test func `one is not many`() {
        #expect(Words.count(1, "push", "pushes") == "1 push")
        #expect(Words.count(0, "push", "pushes") == "0 pushes")
    }

    @Test func `a time of day is that of UTC`() { #expect(Words.time(1_787_313_601_250) == "12:00:01") }

    @Test func `a time of yesterday has its date`() {
        let time: Int64 = 1_787_313_601_250
        #expect(Words.time(time, now: time + 43_199_999) == "12:00:01")
        #expect(Words.time(time, now: time + 43_200_000) == "08-21 12:00")
    }
}
