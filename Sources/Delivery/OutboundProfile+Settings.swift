import RemoteWrite
import Settings

extension OutboundProfile {
    /// What a destination of these settings is sent.
    init(_ settings: DestinationSettings) {
        self.init(sendsExemplars: settings.sendExemplars, sendsNativeHistograms: settings.sendNativeHistograms)
        guard settings.metadata.send else { return }
        metadata = MetadataPolicy(
            interval: settings.metadata.sendInterval, familiesPerPush: settings.metadata.maxSamplesPerSend)
    }
}
