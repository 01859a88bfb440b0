import Compression
import Testing

@testable import Delivery

@Suite("Shipment")
struct ShipmentTests {
    @Test(arguments: [false, true])
    func `a batch becomes one snappy block, whoever compresses it`(isSealed: Bool) throws {
        var shipment = Shipment()
        shipment.load(try batch(isSealed: isSealed))
        #expect(try text(shipment) == "onetwothree")
        #expect(shipment.held == shipment.body.count + 3 * Batch.Entry.cost)
        #expect(shipment.samples(1..<3) == 5)
        #expect(shipment.latestTimestamp(0..<3) == 1_000)
    }

    @Test(arguments: [(0..<1, "one"), (1..<3, "twothree"), (2..<3, "three"), (0..<3, "onetwothree")])
    func `it narrows to any of its pushes, again and again`(pushes: Range<Int>, expected: String) throws {
        var shipment = Shipment()
        shipment.load(try batch(isSealed: true))
        shipment.narrow(to: 0..<2)
        shipment.narrow(to: pushes)
        #expect(try text(shipment) == expected)
        #expect(shipment.held == shipment.body.count + 11 + 3 * Batch.Entry.cost)
    }

    @Test func `unloaded, it holds nothing`() throws {
        var shipment = Shipment()
        shipment.load(try batch(isSealed: false))
        shipment.narrow(to: 0..<1)
        #expect(shipment.unload().held == 0)
        #expect(shipment.held == 0)
    }

    private func text(_ shipment: Shipment) throws -> String {
        String(decoding: try Snappy.decompress(shipment.body.span, limit: 100), as: UTF8.self)
    }

    private func batch(isSealed: Bool) throws -> Batch {
        var batch = Batch()
        for (index, text) in ["one", "two", "three"].enumerated() {
            let offer = Offer(group: 1, job: text, receiptTime: 1, acknowledgement: Acknowledgement { _ in })
            batch.append(.of(text, samples: index + 1), offer)
        }
        guard isSealed else { return batch }
        var block: [UInt8] = []
        Snappy.compress(batch.bytes.span, into: &block)
        batch.seal(block)
        return batch
    }
}
