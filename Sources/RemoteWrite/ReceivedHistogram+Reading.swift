extension ReceivedHistogram {
    /// Reads a Histogram of either version; the fields that both have, have the same numbers.
    init(_ message: WireReader) throws(ReadError) {
        var message = message
        while let field = try message.next() {
            switch field.number {
            case 1: count = .whole(try field.varint("histogram count_int"))
            case 2: count = .fractional(try field.double("histogram count_float"))
            case 3: sum = try field.double("histogram sum")
            case 4: schema = try field.sint32("histogram schema")
            case 5: zeroThreshold = try field.double("histogram zero_threshold")
            case 6: zeroCount = .whole(try field.varint("histogram zero_count_int"))
            case 7: zeroCount = .fractional(try field.double("histogram zero_count_float"))
            case 8...10: try negative.read(field, as: field.number - 8, of: message)
            case 11...13: try positive.read(field, as: field.number - 11, of: message)
            case 14: resetHint = ResetHint(rawValue: try field.varint("histogram reset_hint")) ?? .unknown
            case 15: timestamp = try field.int64("histogram timestamp")
            case 16: customBounds += try message.doubles(field, "histogram custom_values")
            case 17: startTimestamp = try field.int64("histogram start_timestamp")
            default: break
            }
        }
    }
}

extension ReceivedHistogram.Buckets {
    /// Reads the field that stands at `position` among spans, deltas and counts: so they are ordered on both sides.
    fileprivate mutating func read(
        _ field: WireField, as position: Int, of message: WireReader
    ) throws(ReadError) {
        switch position {
        case 0: spans.append(try ReceivedHistogram.Span(message.message(field, "histogram spans")))
        case 1: deltas += try message.varints(field, "histogram deltas").map(Self.zigzag)
        default: counts += try message.doubles(field, "histogram counts")
        }
    }

    private static func zigzag(_ value: UInt64) -> Int64 {
        Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}

extension ReceivedHistogram.Span {
    fileprivate init(_ message: WireReader) throws(ReadError) {
        var message = message
        while let field = try message.next() {
            switch field.number {
            case 1: offset = try field.sint32("span offset")
            case 2: length = UInt32(truncatingIfNeeded: try field.varint("span length"))
            default: break
            }
        }
    }
}
