import Fixtures
import Testing

@testable import Compression

@Suite("gzip in one step (B2)")
struct WholeInflaterTests {
    private let body = Compressed.gzip(Compressed.text)

    private func read(_ body: [UInt8], size: Int) throws -> [UInt8]? {
        let inflater = try WholeInflater()
        var output = Array("before".utf8)
        guard inflater.gunzip(body.span, into: &output, size: size) else {
            #expect(output == Array("before".utf8))
            return nil
        }
        return Array(output.dropFirst(6))
    }

    @Test func `a body of one member is read, and nothing else is`() throws {
        let size = Compressed.text.count
        #expect(try read(body, size: size) == Compressed.text)
        #expect(try read(body, size: size - 1) == nil)
        #expect(try read(body, size: size + 1) == nil)
        #expect(try read(body + body, size: size) == nil)
        #expect(try read(body + [0], size: size) == nil)
        #expect(try read(Array(body.dropLast()), size: size) == nil)
        #expect(try read([], size: 0) == nil)
    }

    @Test func `a body that says what it does not hold is left to zlib`() throws {
        var liar = body
        liar[liar.count - 4] &+= 1
        var decompressor = Decompressor()
        var output: [UInt8] = []
        #expect(throws: CompressionError.corrupt) {
            try decompressor.decompress(liar.span, .gzip, into: &output, limit: 1 << 20)
        }
    }

    /// The seed makes the same changes again.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func `it judges what is changed as zlib does`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var decompressor = Decompressor()
        var inflater = try Inflater()
        let whole = Compressed.gzip(Array(Compressed.text.prefix(700)))
        for _ in 0..<500 {
            var changed = whole
            for _ in 0...Int.random(in: 0...2, using: &random) {
                changed[.random(in: changed.indices, using: &random)] = .random(in: 0...255, using: &random)
            }
            // Of the flags of the header, zlib looks at the CRC, and the other reader does not.
            guard changed[3] & 2 == 0 else { continue }
            var (outputs, errors) = ([[UInt8]](repeating: [], count: 2), [CompressionError?](repeating: nil, count: 2))
            do throws(CompressionError) {
                try decompressor.decompress(changed.span, .gzip, into: &outputs[0], limit: 1_000)
            } catch { errors[0] = error }
            do throws(CompressionError) {
                try inflater.gunzip(changed.span, into: &outputs[1], limit: 1_000)
            } catch { errors[1] = error }
            #expect(errors[0] == errors[1], "seed \(seed): \(changed)")
            #expect(outputs[0] == outputs[1], "seed \(seed): \(changed)")
        }
    }
}
