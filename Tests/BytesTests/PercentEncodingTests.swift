import Bytes
import Testing

@Suite("Percent-encoding of a URL's path")
struct PercentEncodingTests {
    @Test(
        "escapes are the bytes that they name",
        arguments: [
            ("", ""), ("job", "job"), ("a%20b", "a b"), ("a+b", "a+b"), ("%2F", "/"), ("%2f", "/"), ("%25", "%"),
            ("%2525", "%25"), ("%C3%a9", "é"), ("é", "é"), ("%41%42C", "ABC"), ("100%25", "100%"), ("%00", "\0"),
        ])
    func decoded(_ text: String, _ expected: String) {
        #expect(PercentEncoding.decode(text.utf8) == Array(expected.utf8))
    }

    @Test(
        "an escape without two hexadecimal digits is refused",
        arguments: [
            "%", "a%", "%2", "a%4", "%%", "%%41", "%4%31", "%g0", "%0g", "% 1", "%-1", "%+1", "%\u{e9}", "%:0", "%@0",
        ])
    func refused(_ text: String) { #expect(PercentEncoding.decode(text.utf8) == nil) }

    @Test func `every byte can be escaped, in digits of either case`() {
        for byte in UInt8.min ... .max {
            let digits = String(byte, radix: 16)
            let escape = "%" + (digits.count < 2 ? "0" : "") + digits
            #expect(PercentEncoding.decode(escape.utf8) == [byte])
            #expect(PercentEncoding.decode(escape.uppercased().utf8) == [byte])
        }
    }

    @Test func `bytes that are no UTF-8 are kept`() {
        #expect(PercentEncoding.decode([0xff, 0x25, 0x66, 0x46, 0xc0] as [UInt8]) == [0xff, 0xff, 0xc0])
    }

    @Test func `what is not unreserved is escaped`() {
        #expect(PercentEncoding.encode("aZ9-._~ /%ሴ".utf8) == "aZ9-._~%20%2F%25%E1%88%B4")
        #expect(PercentEncoding.encode("a/ b".utf8, keeping: "/") == "a/%20b")
    }
}
