import NIOCore
import Testing

@testable import Ingest

@Suite struct PeerNameTests {
    @Test func `an address is what a person can look for`() throws {
        #expect(PeerName.text(try SocketAddress(ipAddress: "127.0.0.1", port: 4_711)) == "127.0.0.1:4711")
        #expect(PeerName.text(try SocketAddress(ipAddress: "::1", port: 1)) == "[::1]:1")
        #expect(PeerName.text(try SocketAddress(unixDomainSocketPath: "/tmp/s")) == "unix")
        #expect(PeerName.text(nil) == "gone")
    }
}
