/// Times of day as people read them.
public enum CivilTime {
    /// A time in UTC as RFC 3339 writes it, to the millisecond: `2026-08-21T12:00:01.250Z`.
    ///
    /// - Parameter milliseconds: since the epoch, 1970-01-01T00:00:00Z.
    public static func rfc3339(milliseconds: Int64) -> String {
        let (second, millisecond) = floorDivide(milliseconds, 1000)
        return "\(dateAndTime(second)).\(digits(millisecond, 3))Z"
    }

    /// A time in UTC as RFC 3339 writes it, to the second: `2026-08-21T12:00:01Z`.
    ///
    /// - Parameter seconds: since the epoch.
    public static func rfc3339(seconds: Int64) -> String { "\(dateAndTime(seconds))Z" }

    /// A time in UTC as HTTP writes it (RFC 9110, 5.6.7): `Fri, 21 Aug 2026 12:00:01 GMT`.
    ///
    /// - Parameter seconds: since the epoch.
    public static func http(seconds: Int64) -> String {
        let (day, secondOfDay) = floorDivide(seconds, 86_400)
        let (year, month, dayOfMonth) = date(day: day)
        // The epoch began on a Thursday.
        let weekday = weekdays[Int(floorDivide(day + 4, 7).remainder)]
        return "\(weekday), \(digits(dayOfMonth, 2)) \(months[Int(month) - 1]) \(year) \(clock(secondOfDay)) GMT"
    }

    private static func dateAndTime(_ second: Int64) -> String {
        let (day, secondOfDay) = floorDivide(second, 86_400)
        let (year, month, dayOfMonth) = date(day: day)
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))T\(clock(secondOfDay))"
    }

    private static func clock(_ secondOfDay: Int64) -> String {
        [secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60].map { digits($0, 2) }.joined(separator: ":")
    }

    /// The date of a day counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are reckoned from March, in eras of 400 years, so that leap days come last (H. Hinnant, "chrono-compatible
    /// low-level date algorithms").
    private static func date(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = floorDivide(day + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    private static func floorDivide(_ number: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    private static func digits(_ number: Int64, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
