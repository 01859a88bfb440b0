import Bytes

extension EncodedPush {
    /// The bytes of series without the samples before a time, and without the series that have no other.
    ///
    /// - Returns: the bytes that are left, and how much was taken out.
    public static func removing(
        samplesBefore time: Int64, from bytes: borrowing Span<UInt8>, _ place: EncodedPlace
    ) -> (bytes: [UInt8], removed: EncodedPart) {
        var kept: [UInt8] = []
        var removed = EncodedPart(at: place.series.lowerBound)
        var fields = EncodedFields(in: place.series)
        while let field = fields.next(bytes) {
            guard field.number == place.version.seriesField else {
                kept.append(copying: field.whole, of: bytes)
                continue
            }
            let series = young(field, since: time, in: bytes, place.version, &removed)
            guard series.isSent else { continue }
            kept.append(UInt8(field.number << 3 | 2))
            kept.append(varint: UInt64(series.content.count))
            kept.append(contentsOf: series.content)
        }
        return (kept, removed)
    }

    /// A series without its old samples, and whether it has others; without these its exemplars do not go either.
    private static func young(
        _ series: EncodedFields.Field, since time: Int64, in bytes: borrowing Span<UInt8>,
        _ version: RemoteWriteVersion, _ removed: inout EncodedPart
    ) -> (content: [UInt8], isSent: Bool) {
        var content: [UInt8] = []
        var (exemplars, isSent) = (0, false)
        var fields = EncodedFields(in: series.content)
        while let field = fields.next(bytes) {
            if field.number == 2 || field.number == version.histogramField {
                guard EncodedPart.timestamp(of: field, in: bytes) >= time else {
                    removed.samples += 1
                    if field.number != 2 { removed.histograms += 1 }
                    continue
                }
                isSent = true
            }
            if field.number == version.exemplarField { exemplars += 1 }
            content.append(copying: field.whole, of: bytes)
        }
        if !isSent { removed.exemplars += exemplars }
        return (content, isSent)
    }
}
