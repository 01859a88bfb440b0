import Samples
import Testing

@testable import Exposition

@Suite("What lines have in common")
struct LineSkeletonTests {
    @Test func `head and gaps are the texts around the values`() {
        // http{a="x",b="yz"} 1
        var skeleton = LineSkeleton()
        skeleton.begin(at: 100)
        skeleton.add(ByteRange(offset: 105, count: 1), value: 108..<109)
        skeleton.add(ByteRange(offset: 111, count: 1), value: 114..<116)
        skeleton.finish(at: 119, isBehindBlank: true)
        #expect(skeleton.isUsable)
        #expect(skeleton.head == ByteRange(offset: 100, count: 8))
        #expect(skeleton.labels.map(\.name.offset) == [105, 111])
        #expect(skeleton.labels.map(\.gap) == [ByteRange(offset: 109, count: 5), ByteRange(offset: 116, count: 3)])
    }

    @Test func `a name that may go on is no head`() {
        var skeleton = LineSkeleton()
        skeleton.begin(at: 0)
        skeleton.finish(at: 3, isBehindBlank: false)
        #expect(!skeleton.isUsable)
        skeleton.begin(at: 0)
        skeleton.finish(at: 4, isBehindBlank: true)
        #expect(skeleton.isUsable && skeleton.head == ByteRange(offset: 0, count: 4))
        skeleton.begin(at: 9)
        #expect(!skeleton.isUsable)
    }

    @Test func `more labels than it holds make none`() {
        for count in 0...LineSkeleton.widest + 3 {
            var skeleton = LineSkeleton()
            skeleton.begin(at: 0)
            for index in 0..<count { skeleton.add(.none, value: 10 * index + 5..<10 * index + 6) }
            skeleton.finish(at: 10 * count + 5, isBehindBlank: true)
            #expect(skeleton.isUsable == (count <= LineSkeleton.widest))
        }
    }
}
