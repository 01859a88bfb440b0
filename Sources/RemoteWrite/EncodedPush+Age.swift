import Bytes

extension EncodedPush {
    /// The bytes of a push without the samples before a time, and without the series that have no other.
    ///
    /// - Returns: the bytes that are left, and how many samples were taken out, native histograms among them.
    public static func removing(
        samplesBefore time: Int64, from bytes: borrowing Span<UInt8>
    ) -> (bytes: [UInt8], removed: Int) {
        var kept: [UInt8] = []
        var removed = 0
        var fields = EncodedFields(in: bytes.indices)
        while let field = fields.next(bytes) {
            guard field.number == 1 else {
                kept.append(copying: field.whole, of: bytes)
                continue
            }
            let series = young(field, since: time, in: bytes)
            removed += series.removed
            guard series.isSent else { continue }
            kept.append(0x0a)
            kept.append(varint: UInt64(series.content.count))
            kept.append(contentsOf: series.content)
        }
        return (kept, removed)
    }

    /// A series without its old samples, and whether it has others.
    private static func young(
        _ series: EncodedFields.Field, since time: Int64, in bytes: borrowing Span<UInt8>
    ) -> (content: [UInt8], removed: Int, isSent: Bool) {
        var content: [UInt8] = []
        var (removed, isSent) = (0, false)
        var fields = EncodedFields(in: series.content)
        while let field = fields.next(bytes) {
            if field.number == 2 || field.number == 4 {
                guard EncodedPart.timestamp(of: field, in: bytes) >= time else {
                    removed += 1
                    continue
                }
                isSent = true
            }
            content.append(copying: field.whole, of: bytes)
        }
        return (content, removed, isSent)
    }
}
