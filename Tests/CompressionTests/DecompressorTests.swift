import Testing

@testable import Compression

@Suite("Every coding (B2, L1)")
struct DecompressorTests {
    typealias Form = Compressed.Form

    private func read(_ body: [UInt8], _ coding: ContentCoding, limit: Int = 1 << 20) throws -> [UInt8] {
        var decompressor = Decompressor()
        var output: [UInt8] = []
        try decompressor.decompress(body.span, coding, into: &output, limit: limit)
        return output
    }

    private func promise(_ body: [UInt8], _ coding: ContentCoding) -> Int? {
        Decompressor.promisedSize(of: body.span, coding)
    }

    @Test(arguments: Form.allCases, [0, 1, 17, 4_096, 65_536, 65_537, 200_000])
    func `what was compressed is read whole, up to a limit that it just fills`(form: Form, count: Int) throws {
        let bytes = Array(repeatElement(Compressed.text, count: 3).joined().prefix(count))
        let body = form.compress(bytes)
        #expect(try read(body, form.coding, limit: count) == bytes)
        if count > 0 {
            #expect(throws: CompressionError.tooLarge(limit: count - 1)) {
                try read(body, form.coding, limit: count - 1)
            }
        }
    }

    @Test(arguments: Form.allCases) func `it is appended, and a limit is named as it was given`(form: Form) throws {
        var decompressor = Decompressor()
        var output = Array("before".utf8)
        let body = form.compress(Compressed.text)
        #expect(throws: CompressionError.tooLarge(limit: 3_000)) {
            try decompressor.decompress(body.span, form.coding, into: &output, limit: 3_000)
        }
        output = Array("before".utf8)
        try decompressor.decompress(body.span, form.coding, into: &output, limit: Compressed.text.count)
        #expect(output == Array("before".utf8) + Compressed.text)
    }

    @Test func `a reader is used for one coding after the other, after errors too`() throws {
        var decompressor = Decompressor()
        for form in Form.allCases + Form.allCases.reversed() {
            let body = form.compress(Compressed.text)
            var output: [UInt8] = []
            let short = Array(body.dropLast())
            #expect(throws: CompressionError.self) {
                try decompressor.decompress(short.span, form.coding, into: &output, limit: 1 << 20)
            }
            output = []
            try decompressor.decompress(body.span, form.coding, into: &output, limit: 1 << 20)
            #expect(output == Compressed.text)
        }
    }

    @Test(arguments: Form.allCases) func `a body cut short at any byte is refused`(form: Form) throws {
        let body = form.compress(Array(Compressed.text.prefix(500)))
        for count in body.indices {
            let short = Array(body[..<count])
            // Only a framed stream can end early in good order: between its chunks.
            if form.coding == .snappy, short == Compressed.identifier {
                #expect(try read(short, form.coding).isEmpty)
                continue
            }
            let error = #expect(throws: CompressionError.self, "\(form) at byte \(count)") {
                try read(short, form.coding)
            }
            #expect([.truncated, .corrupt].contains(error))
            if form != .block, form.coding != .snappy || count == 0 || count > 10 { #expect(error == .truncated) }
        }
    }

    @Test(arguments: Form.allCases) func `something behind the end is refused`(form: Form) {
        let body = form.compress(Compressed.text)
        for garbage in ["!", "garbage", "garbage of some length"] {
            #expect(throws: CompressionError.self) { try read(body + Array(garbage.utf8), form.coding) }
        }
    }

    @Test(arguments: Form.allCases) func `no changed bit crashes it or brings it over its limit`(form: Form) {
        let bytes = Array(Compressed.text.prefix(300))
        let body = form.compress(bytes)
        let isChecked = ![.raw, .block, .zstd, .silent].contains(form)
        for bit in 0..<8 * body.count {
            var changed = body
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            var decompressor = Decompressor()
            var output: [UInt8] = []
            do {
                try decompressor.decompress(changed.span, form.coding, into: &output, limit: 1_000)
                // Bits that mean nothing may change, and a chunk may become one to skip.
                if isChecked { #expect(output == bytes || output.isEmpty, "\(form), bit \(bit)") }
            } catch {
                #expect(error != .outOfMemory)
            }
            #expect(output.count <= 1_001)
        }
    }

    private static let zeros = [UInt8](repeating: 0, count: 200 << 20)

    @Test(arguments: Form.allCases.filter { $0 != .stored })
    func `a bomb stops at the limit, and takes no more memory`(form: Form) {
        let bomb = form == .framed ? Compressed.framedZeros(mebibytes: 200) : form.compress(Self.zeros)
        var decompressor = Decompressor()
        var output: [UInt8] = []
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
            try decompressor.decompress(bomb.span, form.coding, into: &output, limit: 1 << 20)
        }
        #expect(output.count <= 1 << 20 + 1)
        #expect(output.capacity <= 3 << 20)
    }

    @Test(arguments: [ContentCoding.gzip, .deflate, .snappy, .zstd])
    func `no bytes are no body, and text is none`(coding: ContentCoding) {
        #expect(throws: CompressionError.truncated) { try read([], coding) }
        #expect(throws: CompressionError.corrupt) { try read(Array("metric 1\nother 2\n".utf8), coding) }
    }

    @Test(arguments: Form.allCases) func `a promise is what the body says, as far as that can be true`(form: Form) {
        let body = form.compress(Compressed.text)
        #expect(promise(body, form.coding) == (form.promises ? Compressed.text.count : nil))
        #expect(promise([], form.coding) == nil)
    }

    @Test func `a promise beyond what a coding can make is cut down`() {
        let gzip = Array(Compressed.gzip([1]).dropLast(4)) + [255, 255, 255, 255]
        #expect(promise(gzip, .gzip) == gzip.count * 1_032)
        let zstd: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xe0] + [UInt8](repeating: 127, count: 8) + [1, 0, 0]
        #expect(promise(zstd, .zstd) == 5 * 131_072)
    }
}
