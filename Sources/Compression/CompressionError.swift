/// Why compressed bytes could not be read.
public enum CompressionError: Error, Equatable {
    /// They break the rules of their format, or something stands behind their end.
    case corrupt
    /// They end too early.
    case truncated
    /// They hold more than `limit` bytes.
    case tooLarge(limit: Int)
    /// The library could not get its memory.
    case outOfMemory
}
