import Glibc
import NIOCore
import Settings
import Testing

@testable import Ingest

@Suite("Why the server cannot listen")
struct ListenErrorTests {
    private struct Other: Error {}

    @Test(arguments: [
        (IOError(errnoCode: EADDRINUSE, reason: "bind") as any Error, "address already in use"),
        (IOError(errnoCode: EADDRNOTAVAIL, reason: "bind"), "no interface has this address"),
        (IOError(errnoCode: EACCES, reason: "bind"), "permission denied"),
        (IOError(errnoCode: ENOENT, reason: "bind"), "no such directory"),
        (SocketAddressError.unixDomainSocketPathTooLong, "path is too long for a socket"),
        (Other(), "Other()"),
    ])
    func `the system's errors become sentences`(error: any Error, reason: String) {
        let failure = ListenError(.tcp(host: "0.0.0.0", port: 3030), error)
        #expect(failure.description == "listen 0.0.0.0:3030: \(reason)")
    }
}
