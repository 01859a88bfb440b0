/// A number of bytes.
public struct ByteSize: Sendable, Hashable, Comparable {
    /// The number of bytes, not negative.
    public var bytes: Int

    /// So many bytes.
    public init(bytes: Int) { self.bytes = bytes }

    /// So many bytes.
    public static func bytes(_ count: Int) -> Self { .init(bytes: count) }

    /// So many KiB of 1,024 bytes.
    public static func kibibytes(_ count: Int) -> Self { .init(bytes: count << 10) }

    /// So many MiB of 1,048,576 bytes.
    public static func mebibytes(_ count: Int) -> Self { .init(bytes: count << 20) }

    /// So many GiB of 1,073,741,824 bytes.
    public static func gibibytes(_ count: Int) -> Self { .init(bytes: count << 30) }

    /// The smaller one is less.
    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}

extension ByteSize {
    private static let units: [(name: String, alias: String, shift: Int)] = [
        ("EiB", "EB", 60), ("PiB", "PB", 50), ("TiB", "TB", 40), ("GiB", "GB", 30), ("MiB", "MB", 20),
        ("KiB", "KB", 10),
        ("B", "", 0),
    ]

    /// A size as Prometheus writes it: `64MiB`, `512KB`, or a plain number of bytes.
    ///
    /// One whole number and at most one unit, in this case, without a blank. `KB`, `MB` and so on are multiples of
    /// 1,024 too, as in Prometheus.
    ///
    /// - Throws: `notASize`, `sizeTooLarge`.
    public init(parsing text: String) throws(SettingsError) {
        let digits = Array(text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        let suffix = String(decoding: text.utf8.dropFirst(digits.count), as: UTF8.self)
        guard !digits.isEmpty, let unit = Self.units.first(where: { suffix == $0.name || suffix == $0.alias })
        else { throw .notASize(text) }
        guard let count = Int(String(decoding: digits, as: UTF8.self)) else { throw .sizeTooLarge(text) }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: 1 << unit.shift)
        guard !overflows else { throw .sizeTooLarge(text) }
        self.bytes = bytes
    }
}

extension ByteSize: CustomStringConvertible {
    /// The size in the largest unit that leaves nothing over: `64MiB`, `1000B`.
    public var description: String {
        let unit = Self.units.first { bytes > 0 && bytes.trailingZeroBitCount >= $0.shift } ?? ("B", "", 0)
        return "\(bytes >> unit.shift)\(unit.name)"
    }
}
