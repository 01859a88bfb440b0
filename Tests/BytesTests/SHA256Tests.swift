import Testing

@testable import Bytes

@Suite struct SHA256Tests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ])
    func `it is that of the standard's examples`(text: String, hash: String) {
        #expect(hexadecimal(SHA256.hash(Array(text.utf8))) == hash)
    }

    @Test func `a message of any length around a block is padded right`() {
        // Each hash differs from its neighbours', and is the same again.
        let hashes = (50...130).map { SHA256.hash([UInt8](repeating: 7, count: $0)) }
        #expect(Set(hashes).count == hashes.count)
        #expect(
            hexadecimal(SHA256.hash([UInt8](repeating: UInt8(ascii: "a"), count: 64)))
                == "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb")
    }

    @Test(arguments: [
        ("Jefe", "what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (
            String(repeating: "\u{61}", count: 65), "x",
            "5c8ad20f6d25c86ccfc9774f1c0ca49d3675f3a112d9905cce286e2636681b75"
        ),
    ])
    func `messages are authenticated as in RFC 4231`(key: String, text: String, code: String) {
        let made = hexadecimal(SHA256.authentication(of: Array(text.utf8), key: Array(key.utf8)))
        #expect(made == code)
    }
}
