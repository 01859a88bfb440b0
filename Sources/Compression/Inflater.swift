import CZlib

/// Reads gzip and deflate, body after body with the same memory: about 40 KiB, kept until it is let go.
@safe public struct Inflater: ~Copyable {
    // Safe: made in `init`, freed in `deinit`, and never handed out. It stays in one place, which zlib relies on.
    private let stream: UnsafeMutablePointer<z_stream>

    /// What stands around the deflated bytes; as zlib's bits of window.
    private enum Frame: Int32 {
        case none = -15
        case zlib = 15
        case gzip = 31
    }

    /// The most that deflate can expand.
    private static let largestRatio = 1_032
    private static let smallestStep = 16 << 10

    /// A reader that is ready.
    ///
    /// - Throws: `outOfMemory`.
    public init() throws(CompressionError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, Frame.gzip.rawValue, zlibVersion(), size) == Z_OK else {
            unsafe stream.deallocate()
            throw .outOfMemory
        }
        unsafe self.stream = stream
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Appends what a gzip body of one or several members holds (RFC 1952).
    ///
    /// - Parameters:
    ///   - input: the whole body.
    ///   - output: what it holds is appended; after an error, what had been read until then.
    ///   - limit: how many bytes it may hold; memory is bounded by that.
    public mutating func gunzip(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        let total = output.count + limit
        var consumed = 0
        output.reserveCapacity(output.count + min(Self.promisedSize(ofGzip: input) ?? 0, limit))
        repeat {
            unsafe inflateReset2(stream, Frame.gzip.rawValue)
            guard try readMember(of: input, from: &consumed, into: &output, upTo: total) else {
                throw .tooLarge(limit: limit)
            }
        } while consumed < input.count
    }

    /// Appends what a deflate body holds, with zlib's frame (RFC 1950) or without (RFC 1951), as browsers tell them apart.
    ///
    /// Parameters as those of `gunzip`.
    public mutating func inflate(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        let start = output.count
        do throws(CompressionError) {
            return try read(input, in: Self.hasZlibHeader(input) ? .zlib : .none, into: &output, limit: limit)
        } catch {
            guard Self.beginsStoredBlock(input), error == .corrupt || error == .truncated else { throw error }
        }
        // It looked like zlib's frame and is none.
        output.removeSubrange(start...)
        try read(input, in: .none, into: &output, limit: limit)
    }

    /// What a gzip body's trailer says that the last member holds (RFC 1952, 2.3.1), as far as that can be true.
    static func promisedSize(ofGzip input: Span<UInt8>) -> Int? {
        guard input.count >= 18 else { return nil }
        let claim = (1...4).reduce(0) { $0 << 8 | Int(input[input.count - $1]) }
        return min(claim, input.count * largestRatio)
    }

    /// Whether the first two bytes are a header as RFC 1950, 2.2 has it.
    private static func hasZlibHeader(_ input: Span<UInt8>) -> Bool {
        guard input.count >= 2 else { return false }
        let (method, flags) = (Int(input[0]), Int(input[1]))
        return method & 15 == 8 && method >> 4 <= 7 && (method << 8 | flags) % 31 == 0
    }

    /// Whether bytes that look like zlib's header may as well begin a stored block with odd padding (RFC 1951, 3.2.4):
    /// hardly any do by chance, for the block's length is there twice.
    private static func beginsStoredBlock(_ input: Span<UInt8>) -> Bool {
        hasZlibHeader(input) && input.count >= 5 && input[1] == ~input[3] && input[2] == ~input[4]
    }

    /// Reads a body of one member and nothing behind it.
    private mutating func read(
        _ input: Span<UInt8>, in frame: Frame, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        unsafe inflateReset2(stream, frame.rawValue)
        var consumed = 0
        let total = output.count + limit
        guard try readMember(of: input, from: &consumed, into: &output, upTo: total) else {
            throw .tooLarge(limit: limit)
        }
        guard consumed == input.count else { throw .corrupt }
    }

    /// Reads one member; false where the output would be more than `total` bytes.
    private mutating func readMember(
        of input: Span<UInt8>, from consumed: inout Int, into output: inout [UInt8], upTo total: Int
    ) throws(CompressionError) -> Bool {
        while output.count <= total {
            // One byte more than is allowed, so that a body that fills its limit and one that passes it differ.
            let free = output.capacity - output.count
            let step = min(max(free, output.count, Self.smallestStep), total + 1 - output.count)
            let status = advance(input, from: &consumed, into: &output, by: step)
            switch status {
            case Z_STREAM_END: return output.count <= total
            case Z_OK: continue
            case Z_BUF_ERROR where consumed == input.count: throw .truncated
            case Z_MEM_ERROR: throw .outOfMemory
            default: throw .corrupt
            }
        }
        return false
    }

    /// Lets zlib read on until `step` more bytes are out or the input has been read.
    private mutating func advance(
        _ input: Span<UInt8>, from consumed: inout Int, into output: inout [UInt8], by step: Int
    ) -> Int32 {
        var status = Z_OK
        var read = consumed
        output.append(addingCapacity: step) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe input.withUnsafeBufferPointer { input in
                    let unread = unsafe input.baseAddress.map { unsafe $0 + read }
                    unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: unread)
                    unsafe stream.pointee.avail_in = UInt32(clamping: input.count - read)
                    unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + count }
                    unsafe stream.pointee.avail_out = UInt32(clamping: buffer.count - count)
                    let offered = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
                    unsafe status = CZlib.inflate(stream, Z_NO_FLUSH)
                    read += unsafe Int(offered.0 - stream.pointee.avail_in)
                    count += unsafe Int(offered.1 - stream.pointee.avail_out)
                }
            }
        }
        consumed = read
        return status
    }
}
