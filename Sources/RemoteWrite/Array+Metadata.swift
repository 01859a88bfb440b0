import Bytes
import Samples

extension [UInt8] {
    /// Appends a family's metadata as a field of a WriteRequest message (`prometheus.MetricMetadata`).
    mutating func append(_ family: Family, of batch: borrowing SampleBatch) {
        var message: [UInt8] = []
        if family.type != .unknown { message += [0x08, family.type.rawValue] }
        for (tag, text) in [(UInt8(0x12), family.name), (0x22, family.help), (0x2a, family.unit)] where text.count > 0 {
            message.append(tag)
            message.append(varint: UInt64(text.count))
            message.append(copying: text.indices, of: batch.arena.span)
        }
        append(0x1a)
        append(varint: UInt64(message.count))
        append(contentsOf: message)
    }
}
