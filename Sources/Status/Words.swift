import Telemetry

/// Numbers and times as people read them.
enum Words {
    /// `14:03:21` of a time in ms since the epoch, in UTC.
    static func time(_ milliseconds: Int64) -> String {
        String(CivilTime.rfc3339(seconds: milliseconds / 1_000).dropFirst(11).dropLast())
    }

    /// The time of day, or `08-21 14:03` where that was half a day ago or more.
    static func time(_ milliseconds: Int64, now: Int64) -> String {
        guard now - milliseconds >= 43_200_000 else { return time(milliseconds) }
        let text = CivilTime.rfc3339(seconds: milliseconds / 1_000)
        return "\(text.dropFirst(5).prefix(5)) \(text.dropFirst(11).prefix(5))"
    }

    /// `1 push`, `2 pushes`, `12,345 pushes`.
    static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// `1,234,567`.
    static func grouped(_ number: Int) -> String {
        var digits = String(abs(number))
        var text = ""
        while digits.count > 3 {
            text = "," + digits.suffix(3) + text
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + digits + text
    }

    /// `3 d 4 h`, `12 min`, `5 s`: the two largest units of a time.
    static func duration(seconds: Int) -> String {
        let units = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]
        let seconds = max(0, seconds)
        guard let first = units.firstIndex(where: { seconds >= $0.1 }) else { return "0 s" }
        var text = "\(seconds / units[first].1) \(units[first].0)"
        let rest = seconds % units[first].1
        if first + 1 < units.count, rest >= units[first + 1].1 {
            text += " \(rest / units[first + 1].1) \(units[first + 1].0)"
        }
        return text
    }

    /// `340 µs`, `12 ms`, `1.25 s`.
    static func duration(nanoseconds: Int) -> String {
        switch nanoseconds {
        case ..<1_000_000: "\(nanoseconds / 1_000) µs"
        case ..<10_000_000: "\(tenths(nanoseconds / 100_000)) ms"
        case ..<1_000_000_000: "\(nanoseconds / 1_000_000) ms"
        default: "\(tenths(nanoseconds / 100_000_000)) s"
        }
    }

    /// `0`, `0.2`, `3.4`, `120`: a number of tenths, with the place behind the point where it counts.
    static func tenths(_ tenths: Int) -> String {
        tenths >= 1_000 || tenths % 10 == 0 ? grouped(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
    }

    /// `512 B`, `1.5 KiB`, `128 MiB`.
    static func bytes(_ count: Int) -> String {
        let units = ["KiB", "MiB", "GiB", "TiB"]
        guard count >= 1_024 else { return "\(count) B" }
        var unit = 0
        while unit + 1 < units.count, count >> (10 * (unit + 2)) > 0 { unit += 1 }
        return "\(tenths((count * 10) >> (10 * (unit + 1)))) \(units[unit])"
    }
}
