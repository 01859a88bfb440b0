import CDeflate

/// Reads gzip bodies of one member whose size is known, in one step: twice as fast as `Inflater`, which reads all others.
///
/// It keeps some 11 KiB from body to body.
@safe struct WholeInflater: ~Copyable {
    // Safe: made in `init`, freed in `deinit`, and never handed out.
    private let decompressor: OpaquePointer

    /// A reader that is ready.
    ///
    /// - Throws: `outOfMemory`.
    init() throws(CompressionError) {
        guard let decompressor = unsafe libdeflate_alloc_decompressor() else { throw .outOfMemory }
        unsafe self.decompressor = decompressor
    }

    deinit { unsafe libdeflate_free_decompressor(decompressor) }

    /// Appends what a gzip body of one member holds (RFC 1952), if that is exactly `size` bytes.
    ///
    /// - Returns: false where the body is anything else, good or not; then nothing is appended.
    func gunzip(_ input: Span<UInt8>, into output: inout [UInt8], size: Int) -> Bool {
        var isWhole = false
        output.append(addingCapacity: size) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe input.withUnsafeBufferPointer { input in
                    guard let base = buffer.baseAddress, let source = input.baseAddress else { return }
                    var (read, written) = (0, 0)
                    let result = unsafe libdeflate_gzip_decompress_ex(
                        decompressor, source, input.count, base + count, size, &read, &written)
                    isWhole = result == LIBDEFLATE_SUCCESS && read == input.count && written == size
                    if isWhole { count += size }
                }
            }
        }
        return isWhole
    }
}
