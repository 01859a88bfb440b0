import Bytes
import Testing

@Suite("Eight bytes as a number")
struct SpanWordsTests {
    @Test func `the first byte is the lowest, and zeros stand behind the end`() {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        #expect(bytes.span.word(at: 0) == 0x0807_0605_0403_0201)
        #expect(bytes.span.word(at: 1) == 0x0908_0706_0504_0302)
        #expect(bytes.span.word(at: 2) == 0x0009_0807_0605_0403)
        #expect(bytes.span.word(at: 8) == 9)
        #expect(bytes.span.word(at: 9) == 0)
        #expect(bytes.span.word(at: 100) == 0)
        #expect([UInt8]().span.word(at: 0) == 0)
    }
}
