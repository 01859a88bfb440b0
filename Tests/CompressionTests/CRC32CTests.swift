import Testing

@testable import Compression

@Suite("CRC-32C (B2)")
struct CRC32CTests {
    /// RFC 3720, B.4, and the check value of the catalogue.
    static let vectors: [([UInt8], UInt32)] = [
        ([], 0),
        (Array("123456789".utf8), 0xe306_9283),
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
        ([UInt8](repeating: 255, count: 32), 0x62a8_ab43),
        (Array(0..<32), 0x46dd_794e),
        (Array((0..<32).reversed()), 0x113f_db5c),
    ]

    @Test(arguments: vectors) func `the known checksums come out`(bytes: [UInt8], checksum: UInt32) {
        let found = CRC32C.checksum(bytes.span)
        #expect(found == checksum)
    }

    @Test func `eight bytes at a time are as one at a time`() {
        for count in 0..<100 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
            var slow = ~UInt32(0)
            for byte in bytes {
                slow ^= UInt32(byte)
                for _ in 0..<8 { slow = slow & 1 == 1 ? 0x82f6_3b78 ^ slow >> 1 : slow >> 1 }
            }
            let found = CRC32C.checksum(bytes.span)
            #expect(found == ~slow)
        }
    }

    @Test func `it is masked as the framed format wants it`() {
        let bytes = Array("123456789".utf8)
        let masked = CRC32C.masked(bytes.span)
        #expect(masked == 0xc78a_b0e5)
    }
}
