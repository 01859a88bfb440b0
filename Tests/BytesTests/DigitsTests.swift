@testable import Bytes
import Testing

@Suite("Runs of digits")
struct DigitsTests {
    @Test func `every run is read to its end, whatever stands behind it and wherever it stands`() {
        let behind: [[UInt8]] = [
            [], [0x2f], [0x3a], [0], [0xb0], [0xff], [0x3a, 0x30, 0x2f, 0x31, 0xff, 0x39, 0x80, 0x7f, 0x30],
        ]
        for before in 0..<9 {
            for count in 0...19 {
                for rest in behind {
                    let run = (0..<count).map { UInt8(0x30 + ($0 * 7 + 1) % 10) }
                    let bytes = Array(repeating: UInt8(0x39), count: before) + run + rest
                    var digits = Digits()
                    #expect(digits.read(bytes.span, from: before) == before + count)
                    #expect(digits.count == count)
                    #expect(digits.value == UInt64(String(decoding: run, as: UTF8.self)) ?? 0)
                }
            }
        }
    }

    @Test func `every byte but the ten digits ends a run, at every place of a block`() {
        for byte in UInt8.min ... .max where !(0x30...0x39).contains(byte) {
            for place in 0..<8 {
                var bytes = Array("12345678".utf8)
                bytes[place] = byte
                var digits = Digits()
                #expect(digits.read(bytes.span, from: 0) == place)
                #expect(digits.value == UInt64("12345678".prefix(place)) ?? 0)
            }
        }
    }

    @Test func `a second run goes on from the first`() {
        let bytes = Array("123.0450x".utf8)
        var digits = Digits()
        #expect(digits.read(bytes.span, from: 0) == 3)
        #expect(digits.read(bytes.span, from: 4) == 8)
        #expect(digits.value == 1_230_450)
        #expect(digits.count == 7)
    }
}
