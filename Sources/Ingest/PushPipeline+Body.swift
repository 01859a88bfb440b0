import Bytes
import Compression
import NIOCore
import Samples
import Settings

// From the body as it arrived to the bytes that are parsed.
extension PushPipeline {
    /// What the parser appends behind the body at least: with room for that, the arena is not moved once more.
    private static let roomBehind = 128

    /// Puts the decoded body into the batch's arena.
    ///
    /// The permit grows by what the decoded body holds, before memory does (contract L3). Of a list of codings the last
    /// is taken off first, and each is held to the limits; besides the body, two stages are in memory at a time.
    ///
    /// - Returns: false where the body is too heavy for this pipeline.
    func decode(_ body: ByteBuffer, _ encoding: ContentEncoding, within permit: inout Permit) throws(PushError) -> Bool
    {
        guard let outermost = encoding.codings.last else { return try copy(body, within: &permit) }
        guard body.readableBytes <= weight.compressed else { return false }
        guard try decode(body.readableBytesUInt8Span, outermost, within: &permit) else { return false }
        for coding in encoding.codings.dropLast().reversed() {
            var stage: [UInt8] = []
            swap(&stage, &batch.arena)
            guard try decode(stage.span, coding, within: &permit) else { return false }
            permit.shrink(to: batch.arena.count)
        }
        return true
    }

    private func copy(_ body: ByteBuffer, within permit: inout Permit) throws(PushError) -> Bool {
        let count = body.readableBytes
        guard count <= decodedLimit else { throw .decodedTooLarge(limit: decodedLimit) }
        guard count <= weight.decoded else { return false }
        try grow(&permit, by: count)
        batch.arena.reserveCapacity(count + Self.roomBehind)
        batch.arena.append(contentsOf: body.readableBytesView)
        return true
    }

    /// Takes one coding off; false where what comes out is too heavy for this pipeline.
    ///
    /// Room is made for what the input promises. Where it promises nothing, or lies, it is decoded anew with more and
    /// more room: not at once with all that is allowed, which others may need.
    private func decode(
        _ input: Span<UInt8>, _ coding: ContentCoding, within permit: inout Permit
    ) throws(PushError) -> Bool {
        let promise = Decompressor.promisedSize(of: input, coding)
        guard min(promise ?? 0, decodedLimit) <= weight.decoded else { return false }
        let most = min(weight.decoded, decodedLimit)
        let guess = max(Self.likelyRatio * input.count, Self.leastGuess)
        var limit = min(promise ?? guess, most)
        while try !decode(input, coding, limit: limit, within: &permit) {
            guard limit < most else {
                guard most < decodedLimit else { throw .decodedTooLarge(limit: decodedLimit) }
                return false
            }
            limit = min(max(4 * limit, guess), most)
        }
        return true
    }

    /// Takes one coding off; false where more than `limit` bytes come out.
    private func decode(
        _ input: Span<UInt8>, _ coding: ContentCoding, limit: Int, within permit: inout Permit
    ) throws(PushError) -> Bool {
        let held = permit.bytes
        try grow(&permit, by: limit)
        batch.arena.removeAll(keepingCapacity: true)
        batch.arena.reserveCapacity(limit + Self.roomBehind)
        do throws(CompressionError) {
            try decompressor.decompress(input, coding, into: &batch.arena, limit: limit)
        } catch {
            permit.shrink(to: held)
            switch error {
            case .tooLarge: return false
            case .corrupt: throw .corruptBody
            case .truncated: throw .truncatedBody
            case .outOfMemory: throw .overloaded
            }
        }
        permit.shrink(to: held + batch.arena.count)
        return true
    }

    /// How much larger exposition text mostly is than what it was compressed to.
    private static let likelyRatio = 16
    private static let leastGuess = 4 << 10

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
