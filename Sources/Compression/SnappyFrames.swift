/// Snappy's framed format: chunks behind a stream identifier (`framing_format.txt` of snappy).
public enum SnappyFrames {
    private enum Chunk {
        static let compressed: UInt8 = 0x00
        static let uncompressed: UInt8 = 0x01
        static let reserved: ClosedRange<UInt8> = 0x02...0x7f
        static let identifier: UInt8 = 0xff
    }

    private static let identifier: [UInt8] = [0xff, 0x06, 0x00, 0x00] + Array("sNaPpY".utf8)
    private static let largestChunk = 65_536
    private static let checksumSize = 4

    /// Whether the input is framed: no block begins so, for it would copy from in front of its own beginning.
    static func begin(_ input: Span<UInt8>) -> Bool { isIdentifier(at: 0, in: input) }

    /// Appends what the chunks hold.
    ///
    /// - Parameters:
    ///   - input: the whole stream, beginning with its identifier.
    ///   - output: what it holds is appended; after an error, what had been read until then.
    ///   - limit: how many bytes it may hold; memory is bounded by that.
    /// - Throws: `corrupt`, `truncated`, `tooLarge`.
    public static func decompress(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        guard begin(input) else { throw .corrupt }
        let total = output.count + limit
        var start = 0
        while start < input.count {
            guard input.count - start >= 4 else { throw .truncated }
            let length = Int(input[start + 1]) | Int(input[start + 2]) << 8 | Int(input[start + 3]) << 16
            let (type, end) = (input[start], start + 4 + length)
            guard !Chunk.reserved.contains(type) else { throw .corrupt }
            guard end <= input.count else { throw .truncated }
            if type == Chunk.identifier, !isIdentifier(at: start, in: input) || end - start != identifier.count {
                throw .corrupt
            }
            // All other types are padding or may be skipped.
            if type == Chunk.compressed || type == Chunk.uncompressed {
                let isCompressed = type == Chunk.compressed
                let chunk = input.extracting(start + 4..<end)
                guard try read(chunk, isCompressed: isCompressed, into: &output, upTo: total) else {
                    throw .tooLarge(limit: limit)
                }
            }
            start = end
        }
    }

    /// Reads a chunk of data; false where the output would be more than `total` bytes.
    private static func read(
        _ chunk: Span<UInt8>, isCompressed: Bool, into output: inout [UInt8], upTo total: Int
    ) throws(CompressionError) -> Bool {
        guard chunk.count >= checksumSize else { throw .corrupt }
        let checksum = (0..<checksumSize).reduce(0) { $0 | UInt32(chunk[$1]) << (8 * UInt32($1)) }
        let bytes = chunk.extracting(checksumSize...)
        let size = isCompressed ? Snappy.promisedSize(of: bytes) : bytes.count
        guard let size, size <= largestChunk else { throw .corrupt }
        guard size <= total - output.count else { return false }
        let start = output.count
        if isCompressed {
            try Snappy.decompress(bytes, into: &output, limit: size)
        } else {
            unsafe bytes.withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
        }
        guard CRC32C.masked(output.span.extracting(start...)) == checksum else { throw .corrupt }
        return true
    }

    private static func isIdentifier(at start: Int, in input: Span<UInt8>) -> Bool {
        input.count - start >= identifier.count && identifier.indices.allSatisfy { input[start + $0] == identifier[$0] }
    }
}
