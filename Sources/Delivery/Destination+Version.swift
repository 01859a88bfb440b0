import Logging
import RemoteWrite
import Synchronization
import Telemetry

// For its wires: the version of the protocol.
extension Destination {
    /// The version that the next request is to have.
    var version: RemoteWriteVersion { negotiation.withLock(\.version) }

    /// Learns how a request was answered.
    ///
    /// - Returns: whether it is to be sent again as version 1, at once.
    func isMisunderstood(_ response: Response, to sent: RemoteWriteVersion) -> Bool {
        let (isMisunderstood, isNew) = negotiation.withLock { negotiation in
            let before = negotiation.version
            let isMisunderstood = negotiation.isMisunderstood(response, to: sent)
            return (isMisunderstood, negotiation.version != before)
        }
        guard isNew else { return isMisunderstood }
        metrics.protocolVersion.set(1)
        logger.warning(
            "destination does not know remote write 2.0 and is sent 1.0 from now on",
            metadata: ["reason": "\(response.summary)"])
        return isMisunderstood
    }

    /// Whether the metadata of a family goes along in version 1.
    func tells(_ family: [UInt8], at now: ContinuousClock.Instant) -> Bool {
        sentFamilies.withLock { $0.isDue(family, at: now) }
    }
}
