/// A content coding that `Decompressor` reads (RFC 9110, 8.4.1).
public enum ContentCoding: Sendable {
    /// gzip, in one member or several (RFC 1952).
    case gzip
    /// deflate, with the frame of zlib (RFC 1950) or, as many send it, without (RFC 1951).
    case deflate
    /// snappy, a block or the framed format.
    case snappy
    /// Zstandard, in one frame or several (RFC 8878).
    case zstd
}
