import Telemetry

/// The time as HTTP writes it, `Tue, 14 Nov 2023 22:13:20 GMT` (RFC 9110, 5.6.7), made once a second.
struct HTTPDate {
    private var second: Int64?
    private var text = ""

    /// A second since the epoch, as text.
    mutating func text(at second: Int64) -> String {
        if self.second != second {
            self.second = second
            text = CivilTime.http(seconds: second)
        }
        return text
    }
}
