import Settings
import Testing

@testable import Ingest

@Suite("Where the server listens, once that is known")
struct BoundAddressesTests {
    private let address = ListenAddress.tcp(host: "127.0.0.1", port: 4_711)

    @Test func `who asks early waits, who asks late does not`() async {
        let bound = BoundAddresses()
        async let early = bound.value()
        bound.set([address])
        #expect(await early == [address])
        #expect(await bound.value() == [address])
    }

    @Test func `what is known stays`() async {
        let bound = BoundAddresses()
        bound.set([])
        bound.set([address])
        #expect(await bound.value() == [])
    }
}
