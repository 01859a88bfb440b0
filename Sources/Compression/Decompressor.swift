/// Reads bodies of every content coding, body after body with the same memory.
public struct Decompressor: ~Copyable {
    // Made when the first body asks for them.
    private var inflater: Inflater?
    private var wholeInflater: WholeInflater?
    private var zstandard: Zstandard?

    /// A reader without memory yet.
    public init() {}

    /// Appends what a body of this coding holds.
    ///
    /// In no coding is a body of no bytes whole.
    ///
    /// - Parameters:
    ///   - input: the whole body.
    ///   - output: what it holds is appended; after an error, what had been read until then.
    ///   - limit: how many bytes it may hold; memory is bounded by that.
    public mutating func decompress(
        _ input: Span<UInt8>, _ coding: ContentCoding, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        guard !input.isEmpty else { throw .truncated }
        switch coding {
        case .gzip:
            if try gunzipWhole(input, into: &output, limit: limit) { return }
            if inflater == nil { inflater = try Inflater() }
            try inflater?.gunzip(input, into: &output, limit: limit)
        case .deflate:
            if inflater == nil { inflater = try Inflater() }
            try inflater?.inflate(input, into: &output, limit: limit)
        case .snappy:
            if SnappyFrames.begin(input) {
                try SnappyFrames.decompress(input, into: &output, limit: limit)
            } else {
                try Snappy.decompress(input, into: &output, limit: limit)
            }
        case .zstd:
            if zstandard == nil { zstandard = try Zstandard() }
            try zstandard?.decompress(input, into: &output, limit: limit)
        }
    }

    /// Reads a gzip body of one member that holds what it says; false where it is another, and zlib is to judge it.
    private mutating func gunzipWhole(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) -> Bool {
        guard let size = Inflater.promisedSize(ofGzip: input), size <= limit else { return false }
        if wholeInflater == nil { wholeInflater = try WholeInflater() }
        return wholeInflater?.gunzip(input, into: &output, size: size) ?? false
    }

    /// How many bytes a body says that it holds, which anybody can forge; nil where it does not say.
    ///
    /// At most what the coding can make of so many bytes.
    public static func promisedSize(of input: Span<UInt8>, _ coding: ContentCoding) -> Int? {
        switch coding {
        case .gzip: Inflater.promisedSize(ofGzip: input)
        case .deflate: nil
        case .snappy: SnappyFrames.begin(input) ? nil : Snappy.promisedSize(of: input)
        case .zstd: Zstandard.promisedSize(of: input)
        }
    }
}
