import Glibc
import NIOCore
import NIOPosix
public import Settings

/// Why the server cannot listen at an address.
public struct ListenError: Error, CustomStringConvertible {
    /// The address.
    public var address: ListenAddress
    /// What is wrong with it, in the system's words.
    public var reason: String

    /// `listen 0.0.0.0:3030: address already in use`.
    public var description: String { "listen \(address): \(reason)" }

    init(_ address: ListenAddress, _ error: any Error) {
        self.address = address
        switch (error as? IOError)?.errnoCode {
        case EADDRINUSE: reason = "address already in use"
        case EADDRNOTAVAIL: reason = "no interface has this address"
        case EACCES: reason = "permission denied"
        case ENOENT: reason = "no such directory"
        default:
            switch error {
            case is UnixDomainSocketPathWrongType: reason = "a file that is no socket is in the way"
            case SocketAddressError.unixDomainSocketPathTooLong: reason = "path is too long for a socket"
            case is SocketAddressError.UnknownHost: reason = "unknown host"
            default: reason = "\(error)"
            }
        }
    }
}
