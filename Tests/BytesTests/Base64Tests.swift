import Fixtures
import Bytes
import Foundation
import Testing

@Suite("Base64 as pushers write it (G2)")
struct Base64Tests {
    private static func decode(_ text: String) -> [UInt8]? { Base64.decode(Array(text.utf8)) }

    @Test(
        "the vectors of RFC 4648 are read, padded or not",
        arguments: zip(
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"],
            ["", "f", "fo", "foo", "foob", "fooba", "foobar"]))
    func vectors(_ text: String, _ expected: String) {
        #expect(Self.decode(text) == Array(expected.utf8))
        #expect(Self.decode(text.replacing("=", with: "")) == Array(expected.utf8))
    }

    @Test func `both alphabets are read`() {
        #expect(Self.decode("+/+/") == [0xfb, 0xff, 0xbf])
        #expect(Self.decode("-_-_") == [0xfb, 0xff, 0xbf])
        #expect(Self.decode("L3Zhci90bXA") == Array("/var/tmp".utf8))
    }

    @Test(arguments: ["=", "==", "====="])
    func `padding alone is the empty value`(_ text: String) { #expect(Self.decode(text) == []) }

    @Test func `line breaks are ignored, with which long values are wrapped`() {
        #expect(Self.decode("aGVs\nbG8=\r\n") == Array("hello".utf8))
        #expect(Self.decode("\n") == [])
    }

    @Test func `bits that belong to no byte are ignored`() {
        #expect(Self.decode("Zh") == Array("f".utf8))
        #expect(Self.decode("Zm9") == Array("fo".utf8))
    }

    @Test(
        "what is no base64 is refused",
        arguments: [
            "A", "AAAAA", "A===", "Z=g=", "=Zg", "Zg==Zg==", "Zm 9", "Zm9*", "Zm.9", "%3D",
            "Zm9é",
            "@AAA", "[AAA", "`AAA", "{AAA", ":AAA", "AAA,",
        ])
    func refused(_ text: String) { #expect(Self.decode(text) == nil) }

    @Test func `random bytes come back in every spelling`() {
        var random = SplitMix(state: 1)
        for count in 0...200 {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            let standard = Data(bytes).base64EncodedString()
            let urlSafe = standard.replacing("+", with: "-").replacing("/", with: "_")
            for text in [standard, urlSafe, standard.replacing("=", with: ""), urlSafe.replacing("=", with: "")] {
                #expect(Self.decode(text) == bytes)
            }
        }
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("ÿþ?>", "w7/Dvj8+"),
    ])
    func `bytes become the text of the standard alphabet`(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
    }
}
