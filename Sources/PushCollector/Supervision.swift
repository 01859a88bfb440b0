import Glibc
import Settings
import Systemd

/// The service manager that has started the process, as far as there is one.
struct Supervision: Sendable {
    /// Where it is told how the process is.
    var notify: NotifySocket?
    /// How often it wants to hear that the process lives.
    var watchdog: Duration?
    /// The sockets that it has opened.
    var sockets: [CInt] = []

    /// Nobody.
    static let none = Supervision()

    /// Who says so in the environment; what was passed is taken, once.
    static func take(from environment: [String: String]) throws(CommandError) -> Supervision {
        do throws(PassedSockets.NotASocket) {
            return Supervision(
                notify: NotifySocket(environment: environment),
                watchdog: WatchdogInterval.read(environment, process: Int(getpid())),
                sockets: try PassedSockets.take(from: environment).descriptors)
        } catch {
            throw .start("\(error)")
        }
    }

    func tell(_ states: NotifySocket.State...) { notify?.send(states) }

    /// What a service that serves says of itself.
    static func status(at addresses: [ListenAddress], destinations: Int) -> NotifySocket.State {
        let places = addresses.map(\.description).joined(separator: ", ")
        return .status("serves at \(places), delivers to \(destinations) destination\(destinations == 1 ? "" : "s")")
    }
}
