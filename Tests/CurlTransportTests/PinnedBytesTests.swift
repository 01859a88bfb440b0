import Testing

@testable import CurlTransport

@Suite("PinnedBytes")
struct PinnedBytesTests {
    @Test func `bytes are where the pointer says, whatever came before`() {
        var pinned = PinnedBytes()
        for count in [0, 1, 5_000, 4 << 20, 3, 0, 100] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            pinned.assign(bytes)
            let isSame = unsafe pinned.withPointer { pointer in
                unsafe Array(UnsafeRawBufferPointer(start: pointer, count: count)) == bytes
            }
            #expect(isSame)
        }
    }

    @Test func `the pointer is never nil, as libcurl would read from a stream then`() {
        var pinned = PinnedBytes()
        pinned.assign([])
        #expect(unsafe pinned.withPointer { unsafe $0 != nil })
    }
}
