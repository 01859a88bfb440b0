import CZlib
import CZstd

@testable import Compression

/// Bodies that the real libraries have compressed, and snappy streams that are framed here.
enum Compressed {
    static let text = Array((0..<3_000).map { "metric_\($0 % 7){label=\"\($0)\"} \($0)\n" }.joined().utf8)

    /// Ways to write each coding.
    enum Form: String, CaseIterable {
        case gzip, zlib, raw, block, framed, stored, zstd, silent, checked

        var coding: ContentCoding {
            switch self {
            case .gzip: .gzip
            case .zlib, .raw: .deflate
            case .block, .framed, .stored: .snappy
            case .zstd, .silent, .checked: .zstd
            }
        }

        /// Whether a body says in front or at its end how much it holds.
        var promises: Bool { [.gzip, .block, .zstd, .checked].contains(self) }

        func compress(_ bytes: [UInt8]) -> [UInt8] {
            switch self {
            case .gzip: deflated(bytes, window: 31)
            case .zlib: deflated(bytes, window: 15)
            case .raw: deflated(bytes, window: -15)
            case .block: Compressed.block(bytes)
            case .framed: Compressed.framed(bytes)
            case .stored: Compressed.framed(bytes, isCompressed: false)
            case .zstd: zstandard(bytes)
            case .silent: zstandard(bytes, [ZSTD_c_contentSizeFlag: 0])
            case .checked: zstandard(bytes, [ZSTD_c_checksumFlag: 1])
            }
        }
    }

    /// So many MiB of zeros, in a framed stream.
    static func framedZeros(mebibytes: Int) -> [UInt8] {
        let chunk = data([UInt8](repeating: 0, count: 65_536))
        return (0..<16 * mebibytes).reduce(into: identifier) { stream, _ in stream += chunk }
    }

    static func gzip(_ bytes: [UInt8]) -> [UInt8] { deflated(bytes, window: 31) }

    /// What zlib makes of some bytes; the window's bits choose the frame.
    static func deflated(_ bytes: [UInt8], window: Int32) -> [UInt8] {
        var stream = unsafe z_stream()
        let size = unsafe Int32(MemoryLayout<z_stream>.size)
        unsafe deflateInit2_(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY, zlibVersion(), size)
        defer { unsafe deflateEnd(&stream) }
        let bound = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        return [UInt8](capacity: bound) { output in
            unsafe output.withUnsafeMutableBufferPointer { output, count in
                unsafe bytes.withUnsafeBufferPointer { input in
                    unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                    unsafe stream.avail_in = UInt32(input.count)
                    unsafe stream.next_out = output.baseAddress
                    unsafe stream.avail_out = UInt32(output.count)
                    unsafe deflate(&stream, Z_FINISH)
                    count = unsafe output.count - Int(stream.avail_out)
                }
            }
        }
    }

    /// A Zstandard frame, with these parameters besides the defaults.
    static func zstandard(_ bytes: [UInt8], _ parameters: [ZSTD_cParameter: Int32] = [:]) -> [UInt8] {
        let context = unsafe ZSTD_createCCtx()
        defer { unsafe ZSTD_freeCCtx(context) }
        for (parameter, value) in parameters { unsafe ZSTD_CCtx_setParameter(context, parameter, value) }
        return [UInt8](capacity: ZSTD_compressBound(bytes.count)) { output in
            unsafe output.withUnsafeMutableBufferPointer { output, count in
                unsafe bytes.withUnsafeBufferPointer { input in
                    let size = unsafe ZSTD_compress2(
                        context, output.baseAddress, output.count, input.baseAddress, input.count)
                    precondition(ZSTD_isError(size) == 0)
                    count = size
                }
            }
        }
    }

    /// A snappy block.
    static func block(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        Snappy.compress(bytes.span, into: &output)
        return output
    }

    static let identifier: [UInt8] = [0xff, 6, 0, 0] + Array("sNaPpY".utf8)

    /// A snappy stream of chunks as large as may be.
    static func framed(_ bytes: [UInt8], isCompressed: Bool = true) -> [UInt8] {
        let starts = stride(from: 0, to: bytes.count, by: 65_536)
        return starts.reduce(into: identifier) { stream, start in
            stream += data(Array(bytes[start..<min(start + 65_536, bytes.count)]), isCompressed: isCompressed)
        }
    }

    /// A chunk of data.
    static func data(_ bytes: [UInt8], isCompressed: Bool = true) -> [UInt8] {
        let checksum = little(Int(CRC32C.masked(bytes.span)), 4)
        return chunk(isCompressed ? 0 : 1, checksum + (isCompressed ? block(bytes) : bytes))
    }

    /// A chunk of any kind.
    static func chunk(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] { [type] + little(bytes.count, 3) + bytes }

    static func little(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

extension ZSTD_cParameter: @retroactive Hashable {}
