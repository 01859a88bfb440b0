import CurlTransport
import Delivery
import Ingest
import Logging
import Relabeling
import Settings
import Synchronization
import Telemetry

/// What is in force, and how other settings take its place while pushes come in.
///
/// Whatever can fail comes first and changes nothing. Then the sender thread goes over to the new destinations, then each
/// event loop between two pushes; only then is the former outbox closed, and with it those destinations that are gone.
final class Configured: Sendable {
    /// Whom a change concerns.
    struct Parties: Sendable {
        var server: PushServer
        var sender: Sender
        var thread: SenderThread
        var metrics: Metrics
    }

    private let settings: Mutex<Settings>
    private let outbox: CurrentOutbox
    private let parties: Parties
    private let logger: Logger

    init(_ settings: Settings, _ outbox: CurrentOutbox, _ parties: Parties, logger: Logger) {
        self.settings = Mutex(settings)
        self.outbox = outbox
        self.parties = parties
        self.logger = logger
    }

    /// Puts other settings in force; one call at a time.
    ///
    /// - Throws: what makes that impossible; then nothing has changed.
    func change(to wanted: Settings) async throws(CommandError) -> SettingsChange {
        let (running, former) = (self.settings.withLock { $0 }, outbox.value)
        guard !(await parties.server.boundAddresses()).isEmpty, parties.server.readiness.phase == .ready
        else { throw .start("configuration not reloaded: the process is about to end") }
        let change = SettingsChange(from: running, to: wanted)
        var settings = wanted.keeping(from: running)
        Assembly.fitConnections(of: &settings, logger: logger)
        let relabelings = try Assembly.relabelings(settings)
        try checkOrder(settings, former.roster)
        let timeout = settings.push.pushgateway.acknowledgeTimeout
        let destinations = settings.remoteWrite.map { settings in
            (destination: destination(settings, of: former.roster, timeout), settings: settings)
        }
        try replaceTokens(settings)
        do throws(TransportError) {
            try await parties.thread.change(DestinationChange(to: destinations, acknowledgeTimeout: timeout))
        } catch {
            try replaceTokens(running)
            throw .start("\(error)")
        }
        let next = Outbox(former.roster, to: destinations, relabelings: relabelings)
        await parties.server.change(to: settings, outbox: next)
        outbox.value = next
        former.replace()
        for destination in former.destinations where !next.destinations.contains(where: { $0 === destination }) {
            logger.info(
                "destination leaves: what is queued for it is still delivered",
                metadata: ["destination": "\(destination.name)"])
            former.roster.leave(destination)
        }
        parties.sender.drainTimeout = settings.shutdown.timeout
        LogOutput.apply(settings.log)
        self.settings.withLock { $0 = settings }
        return change
    }

    /// Refuses a new name for a place that another name still has samples for: newer ones would overtake them there.
    private func checkOrder(_ settings: Settings, _ roster: Roster) throws(CommandError) {
        let names = Set(settings.remoteWrite.map(\.displayName))
        let leaving = roster.members.filter { !names.contains($0.name) && $0.samplesPending > 0 }
        for wanted in settings.remoteWrite where roster.member(named: wanted.displayName) == nil {
            guard let other = leaving.first(where: { Self.place($0.settings) == Self.place(wanted) }) else { continue }
            throw .configuration([
                "remote_write: \(other.name) cannot become \(wanted.displayName) while \(other.samplesPending) samples "
                    + "wait for it: reload once they are delivered"
            ])
        }
    }

    /// Where samples are written, whoever writes them and however.
    private static func place(_ settings: DestinationSettings) -> String? {
        (try? DestinationURL(settings.url)).map { $0.authority.lowercased() + $0.path }
    }

    /// Asks pushers for the tokens of these settings.
    private func replaceTokens(_ settings: Settings) throws(CommandError) {
        do throws(DoorError) {
            try parties.server.door.replace(settings.push.pushgateway.tokens)
        } catch {
            throw .configuration(error.lines)
        }
    }

    /// The destination of this name, which may be there still, or a new one.
    private func destination(_ settings: DestinationSettings, of roster: Roster, _ timeout: Duration) -> Destination {
        if let member = roster.member(named: settings.displayName) { return member }
        let metrics = DestinationMetrics(name: settings.displayName)
        return Destination(settings: settings, acknowledgeTimeout: timeout, metrics: metrics, logger: logger)
    }
}
