import RemoteWrite
import Settings

extension OutboundProfile {
    /// What a destination of these settings is sent.
    init(_ settings: DestinationSettings) {
        self.init(
            version: settings.protobufMessage == .version2 ? .v2 : .v1, sendsExemplars: settings.sendExemplars,
            sendsNativeHistograms: settings.sendNativeHistograms)
        samplesPerMessage = max(1, settings.queue.maxSamplesPerSend)
        // In version 2 each series has its metadata, whatever `metadata_config` says: so it is in Prometheus.
        guard version == .v1, settings.metadata.send else { return }
        metadata = MetadataPolicy(
            interval: settings.metadata.sendInterval, familiesPerPush: settings.metadata.maxSamplesPerSend)
    }
}
