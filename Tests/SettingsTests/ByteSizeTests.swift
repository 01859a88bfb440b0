import Settings
import Testing

@Suite struct ByteSizeTests {
    @Test(arguments: [
        ("64MiB", 64 << 20), ("64MB", 64 << 20), ("512KiB", 512 << 10), ("512KB", 512 << 10), ("1GiB", 1 << 30),
        ("2TiB", 2 << 40), ("1PB", 1 << 50), ("1EiB", 1 << 60), ("10B", 10), ("1048576", 1 << 20), ("0", 0),
        ("007B", 7), ("9223372036854775807", Int.max),
    ])
    func `a size is read as Prometheus writes it`(text: String, bytes: Int) throws {
        #expect(try ByteSize(parsing: text) == .bytes(bytes))
    }

    @Test(arguments: [
        "", "MiB", "64 MiB", " 64MiB", "64MiB ", "-1", "+1", "1.5GiB", "64mib", "64M", "64K", "1MiB512KiB", "0x10",
        "6\u{301}", "١٢", "64i", "64iB",
    ])
    func `what is no size is refused`(text: String) {
        #expect(throws: SettingsError.notASize(text)) { try ByteSize(parsing: text) }
    }

    @Test(arguments: ["8EiB", "9223372036854775808", "99999999999999999999999MiB"])
    func `more bytes than there can be are refused`(text: String) {
        #expect(throws: SettingsError.sizeTooLarge(text)) { try ByteSize(parsing: text) }
    }

    @Test(arguments: [
        (ByteSize.mebibytes(64), "64MiB"), (.kibibytes(1536), "1536KiB"), (.bytes(1000), "1000B"), (.bytes(0), "0B"),
        (.gibibytes(1), "1GiB"), (.bytes(.max), "9223372036854775807B"),
    ])
    func `a size is written in the largest unit that leaves nothing over`(size: ByteSize, text: String) throws {
        #expect(size.description == text)
        #expect(try ByteSize(parsing: text) == size)
    }

    @Test func `sizes have an order`() {
        #expect(ByteSize.kibibytes(1023) < .mebibytes(1))
        #expect(ByteSize.mebibytes(1024) == .gibibytes(1))
    }
}
