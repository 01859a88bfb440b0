import Bytes
import Testing

@Suite("ConstantTime")
struct ConstantTimeTests {
    @Test(
        arguments: [
            ([], [], true), ([1], [1], true), ([1, 2], [1, 3], false), ([1, 2], [2, 2], false), ([1], [1, 0], false),
            ([], [0], false), ([0, 0], [0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func `texts are equal or they are not`(one: [UInt8], other: [UInt8], isEqual: Bool) {
        #expect(ConstantTime.equal(one, other) == isEqual)
    }
}
