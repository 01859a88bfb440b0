import Bytes
import Testing

@Suite("Bytes stored into a span")
struct MutableSpanStoreTests {
    @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 200])
    func `a copy stands where it was wanted, however near the ends are`(count: Int) {
        for before in [0, 1, 40] {
            for behind in [0, 1, 15, 16, 63, 64, 65] {
                let source = (0..<before + count + behind).map { UInt8(truncatingIfNeeded: $0 + 1) }
                for room in [0, 1, 16, 64] {
                    var target = [UInt8](repeating: 0, count: before + count + room)
                    var position = before
                    var span = target.mutableSpan
                    span.store(copying: before..<before + count, of: source.span, at: &position)
                    #expect(position == before + count)
                    #expect(target[..<before].allSatisfy { $0 == 0 })
                    #expect(Array(target[before..<before + count]) == Array(source[before..<before + count]))
                    // At most a block behind the copy changed.
                    #expect(target[(before + count)...].dropFirst(16).allSatisfy { $0 == 0 })
                }
            }
        }
    }

    @Test func `numbers stand the lowest byte first`() {
        var target = [UInt8](repeating: 0, count: 14)
        var position = 0
        var span = target.mutableSpan
        span.store(littleEndian: UInt8(1), at: &position)
        span.store(littleEndian: UInt16(0x0302), at: &position)
        span.store(littleEndian: UInt64(0x0b0a_0908_0706_0504), at: &position)
        span.store(varint: 300, at: &position)
        span.store(varint: 5, at: &position)
        #expect(position == 14)
        #expect(target == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0xac, 2, 5])
    }

    @Test func `what does not fit is our own mistake and traps`() async {
        await #expect(processExitsWith: .failure) { Self.copy(0..<2, to: 9, of: 10) }
        await #expect(processExitsWith: .failure) { Self.copy(0..<2, to: -1, of: 100) }
        await #expect(processExitsWith: .failure) { Self.copy(0..<2, to: .max, of: 100) }
        await #expect(processExitsWith: .failure) { Self.copy(99..<101, to: 0, of: 100) }
        await #expect(processExitsWith: .failure) { Self.copy(-1..<1, to: 0, of: 100) }
        await #expect(processExitsWith: .failure) { Self.copy(.max - 1 ..< .max, to: 0, of: 100) }
        await #expect(processExitsWith: .failure) { Self.copy(.min ..< .max, to: 0, of: 100) }
        await #expect(processExitsWith: .failure) { Self.store(at: 93) }
        await #expect(processExitsWith: .failure) { Self.store(at: -1) }
        await #expect(processExitsWith: .failure) { Self.store(at: .max) }
    }

    private static func copy(_ range: Range<Int>, to position: Int, of count: Int) {
        let source = [UInt8](repeating: 1, count: 100)
        var target = [UInt8](repeating: 0, count: count)
        var position = position
        var span = target.mutableSpan
        span.store(copying: range, of: source.span, at: &position)
    }

    private static func store(at position: Int) {
        var target = [UInt8](repeating: 0, count: 100)
        var position = position
        var span = target.mutableSpan
        span.store(littleEndian: UInt64(0), at: &position)
    }
}
