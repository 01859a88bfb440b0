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
        var words: (low: UInt64, high: UInt64) = (0x10, 0)
        var position: UInt64 = 1
        var rest = UInt64(bitPattern: timestamp)
        while rest > 0 {
            let byte = rest < 0x80 ? rest : rest & 0x7f | 0x80
            if position < 8 {
                words.low |= byte &<< (8 &* position)
            } else {
                words.high |= byte &<< (8 &* (position &- 8))
            }
            position &+= 1
            rest &>>= 7
        }
        let isWritten = timestamp != 0
        count = isWritten ? Int(position) : 0
        low = isWritten ? words.low : 0
        high = words.high
    }

    /// The length of a Sample message with this time, at most 20.
    @inline(always)
    func sampleSize(_ value: Double) -> Int { (value.bitPattern == 0 ? 0 : 9) &+ count }
}
