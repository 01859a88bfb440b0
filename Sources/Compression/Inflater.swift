import CZlib

/// Reads gzip (RFC 1952), body after body with the same memory: about 40 KiB, kept until it is let go.
@safe public struct Inflater: ~Copyable {
    // Safe: made in `init`, freed in `deinit`, and never handed out. It stays in one place, which zlib relies on.
    private let stream: UnsafeMutablePointer<z_stream>

    /// 15 bits of window, and 16 for the gzip format alone.
    private static let gzipWindow: Int32 = 15 + 16
    /// The most that deflate can expand, and so all that a first guess at the output may claim.
    private static let largestRatio = 1_032
    private static let smallestStep = 16 << 10

    /// A reader that is ready.
    ///
    /// - Throws: `outOfMemory`.
    public init() throws(CompressionError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        guard unsafe inflateInit2_(stream, Self.gzipWindow, zlibVersion(), size) == Z_OK else {
            unsafe stream.deallocate()
            throw .outOfMemory
        }
        unsafe self.stream = stream
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Appends what a body of one or several members holds.
    ///
    /// - Parameters:
    ///   - input: the whole body.
    ///   - output: what it holds is appended; after an error, what had been read until then.
    ///   - limit: how many bytes it may hold; memory is bounded by that.
    public mutating func gunzip(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        let start = output.count
        var consumed = 0
        repeat {
            unsafe inflateReset(stream)
            output.reserveCapacity(output.count + expectedSize(of: input, limit: limit - (output.count - start)))
            try readMember(of: input, from: &consumed, into: &output, limit: start + limit)
        } while consumed < input.count
    }

    /// What the trailer says that the last member holds, as far as that can be true and is allowed.
    private func expectedSize(of input: Span<UInt8>, limit: Int) -> Int {
        guard input.count >= 18 else { return 0 }
        let claim = (1...4).reduce(0) { $0 << 8 | Int(input[input.count - $1]) }
        return max(0, min(claim, limit, input.count * Self.largestRatio))
    }

    /// Reads one member; `total` bounds the whole output.
    private mutating func readMember(
        of input: Span<UInt8>, from consumed: inout Int, into output: inout [UInt8], limit total: Int
    ) throws(CompressionError) {
        while true {
            guard output.count <= total else { throw .tooLarge(limit: total) }
            // One byte more than is allowed, so that a body that fills its limit and one that passes it differ.
            let free = output.capacity - output.count
            let step = min(max(free, output.count, Self.smallestStep), total + 1 - output.count)
            let status = advance(input, from: &consumed, into: &output, by: step)
            switch status {
            case Z_STREAM_END:
                guard output.count <= total else { throw .tooLarge(limit: total) }
                return
            case Z_OK: continue
            case Z_BUF_ERROR where consumed == input.count: throw .truncated
            case Z_MEM_ERROR: throw .outOfMemory
            default: throw .corrupt
            }
        }
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
                    unsafe status = inflate(stream, Z_NO_FLUSH)
                    read += unsafe Int(offered.0 - stream.pointee.avail_in)
                    count += unsafe Int(offered.1 - stream.pointee.avail_out)
                }
            }
        }
        consumed = read
        return status
    }
}
