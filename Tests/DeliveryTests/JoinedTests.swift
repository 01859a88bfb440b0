import RemoteWrite
import Testing

@testable import Delivery

@Suite("Pushes as one message")
struct JoinedTests {
    @Test func `of version 1 stay one behind the other`() {
        let joined = Joined([1, 2, 3], ends: [1, 3], .v1)
        #expect(joined.bytes == [1, 2, 3] && joined.ends == [1, 3] && joined.head == 0)
    }

    @Test func `of version 2 one alone stays as it is`() {
        let push = EncodedPush.series(["a", "b"], as: OutboundProfile(version: .v2))
        let joined = Joined(push.bytes, ends: [push.bytes.count], .v2)
        #expect(joined.bytes == push.bytes && joined.ends == [push.bytes.count])
        #expect(joined.head == EncodedPlace(version: .v2, in: push.bytes.span).head)
    }

    @Test func `of version 2 several share their symbols`() throws {
        let pushes = [["a", "b"], ["b"], ["c", "a"]].map {
            EncodedPush.series($0, as: OutboundProfile(version: .v2)).bytes
        }
        let ends = [pushes[0].count, pushes[0].count + pushes[1].count, pushes.reduce(0) { $0 + $1.count }]
        let joined = Joined(pushes.flatMap { $0 }, ends: ends, .v2)
        #expect(try WriteRequestReader.read(joined.bytes, version: .v2).map(\.name) == ["a", "b", "b", "c", "a"])
        for (end, names) in zip(joined.ends, [["a", "b"], ["a", "b", "b"], ["a", "b", "b", "c", "a"]]) {
            #expect(try WriteRequestReader.read(Array(joined.bytes[..<end]), version: .v2).map(\.name) == names)
        }
    }
}
