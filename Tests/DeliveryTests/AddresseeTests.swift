import RemoteWrite
import Synchronization
import Testing

@testable import Delivery

@Suite struct AddresseeTests {
    private final class Counting: Addressee {
        private let state = Mutex((told: 0, wakes: [Int]()))
        var wakes: [Int] { state.withLock(\.wakes) }

        func tell() { state.withLock { $0.told += 1 } }
        func wake() { state.withLock { $0.wakes.append($0.told) } }
    }

    @Test func `an addressee is woken once for the pushes of a request, when all of them are told`() throws {
        let stage = Stage()
        let (one, other) = (Counting(), Counting())
        for (index, addressee) in [one, other, one, one].enumerated() {
            let group = UInt64(index + 1)
            let acknowledgement = Acknowledgement(of: addressee) { _ in addressee.tell() }
            let offer = Offer(group: group, job: "j", receiptTime: 1_000, acknowledgement: acknowledgement)
            try stage.outbox.offer([.of("\(group)", samples: 1)], as: offer)
        }
        #expect(stage.send() == "1234")
        stage.answer(200)
        #expect(one.wakes == [3])
        #expect(other.wakes == [1])
    }

    @Test func `it is woken for a push that fails`() {
        let addressee = Counting()
        let stage = Stage()
        let acknowledgement = Acknowledgement(of: addressee) { _ in addressee.tell() }
        acknowledgement.expect(stage.outbox.destinations)
        acknowledgement.fail(.lost, by: stage.outbox.destinations[0])
        acknowledgement.fail(.lost, by: stage.outbox.destinations[0])
        #expect(addressee.wakes == [1])
    }
}
