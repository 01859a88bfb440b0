extension Duration {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("y", 365 * 86_400_000), ("w", 7 * 86_400_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000),
        ("s", 1000), ("ms", 1),
    ]

    /// A duration as Prometheus writes it: `30s`, `1m30s`, `500ms`, `0`.
    ///
    /// Whole numbers with the units `y w d h m s ms` in this order, each at most once, without blanks. A year has 365
    /// days.
    ///
    /// - Throws: `notADuration`, `durationTooLong`.
    public init(prometheus text: String) throws(SettingsError) {
        guard text != "0" else {
            self = .zero
            return
        }
        guard !text.isEmpty else { throw .notADuration(text) }
        var rest = Array(text.utf8)[...]
        var units = Self.units[...]
        var sum: Int64 = 0
        while !rest.isEmpty {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(digits.count)
            let letters = rest.prefix { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            rest = rest.dropFirst(letters.count)
            guard !digits.isEmpty, let index = units.firstIndex(where: { $0.name.utf8.elementsEqual(letters) })
            else { throw .notADuration(text) }
            guard let count = Int64(String(decoding: digits, as: UTF8.self)) else { throw .durationTooLong(text) }
            let (part, overflowsAsPart) = count.multipliedReportingOverflow(by: units[index].milliseconds)
            let (whole, overflowsAsWhole) = sum.addingReportingOverflow(part)
            guard !overflowsAsPart, !overflowsAsWhole else { throw .durationTooLong(text) }
            sum = whole
            units = units[(index + 1)...]
        }
        self = .milliseconds(sum)
    }

    /// The duration as Prometheus writes it, in whole milliseconds.
    ///
    /// Years, weeks and days are used only where nothing is left over, as Prometheus does.
    public var prometheusText: String {
        var rest = wholeMilliseconds
        guard rest > 0 else { return "0s" }
        var text = ""
        for (name, milliseconds) in Self.units {
            let isCalendar = milliseconds >= 86_400_000
            guard rest >= milliseconds, !isCalendar || rest % milliseconds == 0 else { continue }
            text += "\(rest / milliseconds)\(name)"
            rest %= milliseconds
        }
        return text
    }

    /// The whole milliseconds, rounded towards zero.
    public var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
