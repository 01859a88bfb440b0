/// The bytes that mean something in exposition formats.
enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0a
    static let carriageReturn: UInt8 = 0x0d
    static let blank: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let hash: UInt8 = 0x23
    static let comma: UInt8 = 0x2c
    static let colon: UInt8 = 0x3a
    static let equals: UInt8 = 0x3d
    static let backslash: UInt8 = 0x5c
    static let underscore: UInt8 = 0x5f
    static let openingBrace: UInt8 = 0x7b
    static let closingBrace: UInt8 = 0x7d

    /// Whether a label name may begin with it.
    @inline(__always)
    static func beginsLabelName(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte == underscore }

    /// Whether a metric name may begin with it.
    @inline(__always)
    static func beginsMetricName(_ byte: UInt8) -> Bool { beginsLabelName(byte) || byte == colon }

    /// Whether it separates the parts of a line.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == blank || byte == tab }
}
