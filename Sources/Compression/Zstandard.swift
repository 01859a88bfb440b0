import CZstd

/// Reads Zstandard (RFC 8878), body after body with the same memory: about 160 KiB, kept until it is let go.
///
/// Each frame is decoded in one pass right into the output, which is its window too: whatever window a frame asks for, it
/// takes no memory besides. Dictionaries and the formats before version 0.8 are not read.
@safe public struct Zstandard: ~Copyable {
    // Safe: made in `init`, freed in `deinit`, and never handed out.
    private let context: OpaquePointer

    /// The most that a block holds, and the least that one takes.
    private static let (largestBlock, smallestBlock) = (128 << 10, 4)

    /// A reader that is ready.
    ///
    /// - Throws: `outOfMemory`.
    public init() throws(CompressionError) {
        guard let context = unsafe ZSTD_createDCtx() else { throw .outOfMemory }
        unsafe self.context = context
    }

    deinit { unsafe ZSTD_freeDCtx(context) }

    /// Appends what one frame or several hold; skippable frames are skipped.
    ///
    /// - Parameters:
    ///   - input: the whole body.
    ///   - output: what it holds is appended; after an error, what had been read until then.
    ///   - limit: how many bytes it may hold; memory is bounded by that.
    public mutating func decompress(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        let total = output.count + limit
        var start = 0
        while start < input.count {
            let rest = input.extracting(start...)
            let isSkippable = try Self.isSkippable(rest)
            let size = try Self.size(ofFrame: rest)
            start += size
            if isSkippable { continue }
            guard try read(rest.extracting(..<size), into: &output, upTo: total) else {
                throw .tooLarge(limit: limit)
            }
        }
    }

    /// What the first frame says that it holds, as far as that can be true.
    static func promisedSize(of input: Span<UInt8>) -> Int? {
        contentSize(ofFrame: input).map { min($0, (input.count / smallestBlock + 1) * largestBlock) }
    }

    /// Reads a frame; false where the output would be more than `total` bytes.
    private mutating func read(
        _ frame: Span<UInt8>, into output: inout [UInt8], upTo total: Int
    ) throws(CompressionError) -> Bool {
        let room = total - output.count
        let promise = Self.contentSize(ofFrame: frame)
        guard promise ?? 0 <= room else { return false }
        var result = 0
        output.append(addingCapacity: promise ?? room) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe frame.withUnsafeBufferPointer { frame in
                    let to = unsafe buffer.baseAddress.map { unsafe $0 + count }
                    result = unsafe ZSTD_decompressDCtx(
                        context, to, buffer.count - count, frame.baseAddress, frame.count)
                    count += ZSTD_isError(result) == 0 ? result : 0
                }
            }
        }
        guard ZSTD_isError(result) != 0 else { return true }
        switch ZSTD_getErrorCode(result) {
        // More than the frame itself says would be corrupt.
        case ZSTD_error_dstSize_tooSmall where promise == nil: return false
        case ZSTD_error_memory_allocation: throw .outOfMemory
        default: throw .corrupt
        }
    }

    /// Whether the frame at the beginning is one to skip (RFC 8878, 3.1.2) or one of data.
    private static func isSkippable(_ input: Span<UInt8>) throws(CompressionError) -> Bool {
        let magic = (0..<min(4, input.count)).reduce(UInt32(0)) { $0 | UInt32(input[$1]) << (8 * UInt32($1)) }
        // As far as they are there, the bytes have to be those of one magic number or of the other.
        let known = ~UInt32(0) >> (8 * UInt32(max(0, 4 - input.count)))
        let isData = magic == 0xfd2f_b528 & known
        let isSkippable = magic & ~15 == 0x184d_2a50 & known
        guard isData || isSkippable else { throw .corrupt }
        guard input.count >= 4 else { throw .truncated }
        return isSkippable
    }

    /// How many bytes the frame at the beginning takes.
    private static func size(ofFrame input: Span<UInt8>) throws(CompressionError) -> Int {
        let size = unsafe input.withUnsafeBufferPointer { input in
            unsafe ZSTD_findFrameCompressedSize(input.baseAddress, input.count)
        }
        guard ZSTD_isError(size) != 0 else { return size }
        throw ZSTD_getErrorCode(size) == ZSTD_error_srcSize_wrong ? .truncated : .corrupt
    }

    /// What the frame at the beginning says that it holds; nil where it does not say, or is none.
    private static func contentSize(ofFrame input: Span<UInt8>) -> Int? {
        let size = unsafe input.withUnsafeBufferPointer { input in
            unsafe ZSTD_getFrameContentSize(input.baseAddress, input.count)
        }
        // ZSTD_CONTENTSIZE_UNKNOWN and ZSTD_CONTENTSIZE_ERROR, macros that are not imported.
        return size >= UInt64.max - 1 ? nil : Int(clamping: size)
    }
}
