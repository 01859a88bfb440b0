import Bytes
import Compression
import NIOCore
import Samples
import Settings

// From the body as it arrived to the bytes that are parsed.
extension PushPipeline {
    /// Puts the decoded body into the batch's arena.
    ///
    /// The permit grows by what the decoded body holds, before memory does (contract L3).
    ///
    /// - Returns: false where the body is too heavy for this pipeline.
    func decode(_ body: ByteBuffer, _ encoding: ContentEncoding, within permit: inout Permit) throws(PushError) -> Bool
    {
        switch encoding {
        case .identity: try copy(body, within: &permit)
        case .gzip: try gunzip(body, within: &permit)
        }
    }

    private func copy(_ body: ByteBuffer, within permit: inout Permit) throws(PushError) -> Bool {
        let count = body.readableBytes
        guard count <= decodedLimit else { throw .decodedTooLarge(limit: decodedLimit) }
        guard count <= weight.decoded else { return false }
        guard permit.grow(by: count) else { throw .overloaded }
        batch.arena.append(contentsOf: body.readableBytesView)
        return true
    }

    private func gunzip(_ body: ByteBuffer, within permit: inout Permit) throws(PushError) -> Bool {
        let expected = Self.expectedSize(ofGzip: body)
        guard body.readableBytes <= weight.compressed else { return false }
        guard min(expected, decodedLimit) <= weight.decoded else { return false }
        // Room for what the trailer promises; where it lies, or speaks for the last of several members, for all that
        // may be carried here.
        if try inflate(body, limit: min(expected, decodedLimit), within: &permit) { return true }
        let limit = min(weight.decoded, decodedLimit)
        if expected < limit, try inflate(body, limit: limit, within: &permit) { return true }
        if limit < decodedLimit { return false }
        throw .decodedTooLarge(limit: decodedLimit)
    }

    /// Inflates the body; false where it is larger than the limit.
    private func inflate(_ body: ByteBuffer, limit: Int, within permit: inout Permit) throws(PushError) -> Bool {
        guard permit.grow(by: limit - permit.bytes) else { throw .overloaded }
        batch.arena.removeAll(keepingCapacity: true)
        do throws(CompressionError) {
            if inflater == nil { inflater = try Inflater() }
            try inflater?.gunzip(body.readableBytesUInt8Span, into: &batch.arena, limit: limit)
        } catch {
            switch error {
            case .tooLarge: return false
            case .corrupt: throw .corruptBody
            case .truncated: throw .truncatedBody
            case .outOfMemory: throw .overloaded
            }
        }
        permit.shrink(to: batch.arena.count)
        return true
    }

    /// The size that a gzip member's last four bytes give (RFC 1952, 2.3.1), which anybody can forge; at most what
    /// deflate can make of so many bytes.
    private static func expectedSize(ofGzip body: ByteBuffer) -> Int {
        let trailer = body.getInteger(at: body.writerIndex - 4, endianness: .little, as: UInt32.self) ?? 0
        return min(Int(trailer), body.readableBytes * 1_032)
    }

    private var decodedLimit: Int { intake.settings.limits.decodedSize.bytes }
}

// What is left of a push.
extension PushPipeline {
    /// What becomes of the client's timestamps (contract B7).
    func applyTimestampPolicy() throws(PushError) {
        switch intake.settings.timestamps {
        case .honor: break
        case .strip:
            for index in batch.samples.indices { batch.samples[index].timestamp = nil }
        case .reject:
            guard batch.samples.allSatisfy({ $0.timestamp == nil }) else { throw .timestampsRejected }
        }
    }
}
