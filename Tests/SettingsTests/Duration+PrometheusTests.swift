import Settings
import Testing

@Suite struct DurationPrometheusTests {
    @Test(arguments: [
        ("5s", Duration.seconds(5)), ("1m30s", .seconds(90)), ("30ms", .milliseconds(30)), ("0", .zero), ("0s", .zero),
        ("1h", .seconds(3600)), ("1d", .seconds(86_400)), ("1w", .seconds(604_800)), ("1y", .seconds(31_536_000)),
        ("1y2w3d4h5m6s7ms", .milliseconds(33_019_506_007)), ("90m", .seconds(5400)), ("007s", .seconds(7)),
    ])
    func `a duration is read as Prometheus writes it`(text: String, duration: Duration) throws {
        #expect(try Duration(prometheus: text) == duration)
    }

    @Test(arguments: [
        "", "30", "1.5s", "-1s", "+1s", "5 s", " 5s", "5s ", "s", "1s1m", "1s1s", "5S", "5sec", "5µs", "1m30",
        "5s\u{301}",
    ])
    func `what is no duration is refused`(text: String) {
        #expect(throws: SettingsError.notADuration(text)) { try Duration(prometheus: text) }
    }

    @Test(arguments: ["99999999999999999999s", "300000000y", "292471208y9223372036854775807ms"])
    func `a duration that no number holds is refused`(text: String) {
        #expect(throws: SettingsError.durationTooLong(text)) { try Duration(prometheus: text) }
    }

    @Test(arguments: [
        (Duration.seconds(5), "5s"), (.seconds(90), "1m30s"), (.milliseconds(30), "30ms"), (.zero, "0s"),
        (.milliseconds(5250), "5s250ms"), (.seconds(86_400), "1d"), (.seconds(90_000), "25h"),
        (.seconds(604_800), "1w"),
        (.seconds(31_536_000), "1y"), (.microseconds(1500), "1ms"), (.seconds(-1), "0s"),
    ])
    func `a duration is written as Prometheus writes it`(duration: Duration, text: String) {
        #expect(duration.prometheusText == text)
    }
}
