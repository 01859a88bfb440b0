import Glibc
import NIOCore
import NIOPosix
import Settings

/// The listening sockets.
struct Listeners {
    private var channels: [any Channel] = []

    /// The addresses as they are bound: a port 0 has become a real one.
    private(set) var addresses: [ListenAddress] = []
    /// The files of the sockets that it opened itself.
    private var files: [String] = []

    /// Takes over the sockets that were passed to the process; where there are none, binds every address, or none.
    init(
        _ bootstrap: ServerBootstrap, at addresses: [ListenAddress], or sockets: [CInt] = [],
        on group: any EventLoopGroup
    ) async throws {
        try await takeOver(sockets, bootstrap)
        guard sockets.isEmpty else { return }
        for address in addresses {
            do {
                let channel = try await Self.bind(bootstrap, address, on: group)
                channels.append(channel)
                self.addresses.append(Self.bound(channel, address))
                if case .unix(let path) = address { files.append(path) }
            } catch {
                await close()
                throw ListenError(address, error)
            }
        }
    }

    /// Accepts no more connections, and takes the files of its sockets away.
    func close() async {
        for channel in channels { try? await channel.close() }
        let system = NonBlockingFileIO(threadPool: .singleton)
        for path in files { try? await system.unlink(path: path) }
    }

    private mutating func takeOver(_ sockets: [CInt], _ bootstrap: ServerBootstrap) async throws {
        for socket in sockets {
            do {
                let channel = try await bootstrap.withBoundSocket(socket).get()
                channels.append(channel)
                addresses.append(ListenAddress(channel.localAddress))
            } catch {
                await close()
                throw ListenError(ListenAddress.unix(path: "socket \(socket)"), error)
            }
        }
    }

    private static func bind(
        _ bootstrap: ServerBootstrap, _ address: ListenAddress, on group: any EventLoopGroup
    ) async throws -> any Channel {
        switch address {
        case .tcp(let host, let port):
            return try await bootstrap.bind(host: host, port: port).get()
        case .unix(let path):
            // A socket file that nobody listens at is left over; one that answers is somebody's.
            if let other = try? await ClientBootstrap(group: group).connect(unixDomainSocketPath: path).get() {
                try? await other.close()
                throw IOError(errnoCode: EADDRINUSE, reason: "bind")
            }
            return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        }
    }

    private static func bound(_ channel: any Channel, _ address: ListenAddress) -> ListenAddress {
        guard case .tcp(let host, _) = address, let port = channel.localAddress?.port else { return address }
        return .tcp(host: host, port: port)
    }
}

extension ListenAddress {
    /// Where a socket that was passed to the process listens.
    fileprivate init(_ address: SocketAddress?) {
        if let host = address?.ipAddress, let port = address?.port {
            self = .tcp(host: host, port: port)
        } else {
            self = .unix(path: address?.pathname ?? "")
        }
    }
}
