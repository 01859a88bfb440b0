import Testing

@testable import Exposition

@Suite("Bytes of the text format")
struct ByteTests {
    @Test func `names begin with letters and underscores, those of metrics with colons too`() {
        let letters = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_".utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(Byte.beginsLabelName(byte) == letters.contains(byte), "\(byte)")
            #expect(Byte.beginsMetricName(byte) == (letters.contains(byte) || byte == UInt8(ascii: ":")), "\(byte)")
        }
    }

    @Test func `the blank and the tab separate`() {
        #expect((UInt8.min...UInt8.max).filter(Byte.isBlank) == [0x09, 0x20])
    }
}
