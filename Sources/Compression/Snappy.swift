import CSnappy

/// Snappy's block format, which remote write is sent in; `SnappyFrames` reads the framed one.
public enum Snappy {
    /// Appends the block that holds the input.
    ///
    /// The codec asks for room for the worst case, a sixth more than the input; `output` may keep that capacity.
    public static func compress(_ input: Span<UInt8>, into output: inout [UInt8]) {
        output.append(addingCapacity: snappy_max_compressed_length(input.count)) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe input.withUnsafeBufferPointer { input in
                    var length = buffer.count - count
                    let from = unsafe UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    let to = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    // Fails only where the room is less than it asks for.
                    let status = unsafe snappy_compress(from, input.count, to.map { unsafe $0 + count }, &length)
                    precondition(status == SNAPPY_OK, "room for the worst case is enough")
                    count += length
                }
            }
        }
    }

    /// What a block holds.
    ///
    /// - Parameter limit: how many bytes it may hold; a block that says more is refused before memory is taken.
    /// - Throws: `corrupt`, `tooLarge`.
    public static func decompress(_ input: Span<UInt8>, limit: Int) throws(CompressionError) -> [UInt8] {
        var output: [UInt8] = []
        try decompress(input, into: &output, limit: limit)
        return output
    }

    /// Appends what a block holds; nothing after an error.
    ///
    /// - Parameter limit: how many bytes it may hold; a block that says more is refused before memory is taken.
    /// - Throws: `corrupt`, `tooLarge`.
    public static func decompress(
        _ input: Span<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(CompressionError) {
        guard let length = promisedSize(of: input) else { throw .corrupt }
        guard length <= limit else { throw .tooLarge(limit: limit) }
        var isValid = false
        output.append(addingCapacity: length) { span in
            unsafe span.withUnsafeMutableBufferPointer { buffer, count in
                unsafe input.withUnsafeBufferPointer { input in
                    let from = unsafe UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    let to = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                    // An empty array has no memory, and the codec wants an address even for nothing.
                    var nowhere: CChar = 0
                    var room = length
                    if let to = unsafe to {
                        isValid = unsafe snappy_uncompress(from, input.count, to + count, &room) == SNAPPY_OK
                    } else {
                        isValid = unsafe snappy_uncompress(from, input.count, &nowhere, &room) == SNAPPY_OK
                    }
                    count += isValid ? length : 0
                }
            }
        }
        guard isValid else { throw .corrupt }
    }

    /// How many bytes a block says that it holds; nil where it does not begin as a block does.
    ///
    /// A block that holds another number is corrupt.
    static func promisedSize(of input: Span<UInt8>) -> Int? {
        var length = 0
        let isBlock = unsafe input.withUnsafeBufferPointer { input in
            let from = unsafe UnsafeRawPointer(input.baseAddress)?.assumingMemoryBound(to: CChar.self)
            return unsafe snappy_uncompressed_length(from, input.count, &length) == SNAPPY_OK
        }
        return isBlock ? length : nil
    }
}
