import Bytes

/// The timestamp field of a Sample message, encoded: one after the other is nearly always the same.
struct TimestampField: Sendable {
    /// The time, in ms.
    let timestamp: Int64
    /// How many bytes the field has: up to 11 (a negative time has the longest), and none for time 0, as proto3 demands.
    let count: Int
    /// The first eight bytes of the field, the first the lowest, and zeros behind them.
    let low: UInt64
    /// The bytes behind those, and zeros behind them.
    let high: UInt64

    /// The field of a time in ms.
    init(_ timestamp: Int64) {
        self.timestamp = timestamp
        var field: [UInt8] = []
        if timestamp != 0 {
            field.append(0x10)
            field.append(varint: UInt64(bitPattern: timestamp))
        }
        count = field.count
        low = field.span.word(at: 0)
        high = field.span.word(at: 8)
    }

    /// The length of a Sample message with this time, at most 20.
    @inline(always)
    func sampleSize(_ value: Double) -> Int { (value.bitPattern == 0 ? 0 : 9) &+ count }
}
