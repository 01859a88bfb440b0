import Ingest
import Logging
import ServiceLifecycle
import Systemd
import UnixSignals

/// Tells the service manager how far the process is, and has the configuration read anew at each SIGHUP.
struct Herald: Service, CustomStringConvertible {
    var description: String { "herald" }

    let server: PushServer
    let supervision: Supervision
    /// Who reads the configuration anew; nil where there is nothing to read.
    let reloader: Reloader?
    let destinations: Int

    func run() async throws {
        await withTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await announce() }
            if let reloader { tasks.addTask { await reload(with: reloader) } }
            try? await gracefulShutdown()
            // Who has heard that it stops is not to hear that it is ready.
            reloader?.end()
            supervision.tell(.stopping, .status("delivers what is queued, and ends"))
            tasks.cancelAll()
        }
    }

    private func announce() async {
        let addresses = await server.boundAddresses()
        guard !addresses.isEmpty else { return }
        supervision.tell(.ready, Supervision.status(at: addresses, destinations: destinations))
    }

    private func reload(with reloader: Reloader) async {
        for await _ in await UnixSignalsSequence(trapping: .sighup) {
            // Nobody waits for it: a file that cannot be read to its end must not keep the process from ending.
            Task { _ = await reloader.reload() }
        }
    }
}
