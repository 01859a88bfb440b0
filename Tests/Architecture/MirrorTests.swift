import Testing

@Suite("Tests mirror sources")
struct MirrorTests {
    /// Source files that a test file of another name covers.
    static let covered: [String: String] = [
        "Compression/CompressionError.swift": "CompressionTests/InflaterTests.swift",
        "Compression/ContentCoding.swift": "CompressionTests/DecompressorTests.swift",
        "CurlTransport/BasicAuthentication.swift": "CurlTransportTests/AccessTests.swift",
        "CurlTransport/Environment.swift": "CurlTransportTests/AWSCredentialsTests.swift",
        "CurlTransport/Grant.swift": "CurlTransportTests/TokenSourceTests.swift",
        "CurlTransport/Pass.swift": "CurlTransportTests/OAuth2TokenTests.swift",
        "CurlTransport/HeaderLines.swift": "CurlTransportTests/AccessTests.swift",
        "CurlTransport/Server.swift": "CurlTransportTests/EasyHandle+ServerTests.swift",
        "CurlTransport/TokenAuthentication.swift": "CurlTransportTests/AccessTests.swift",
        "CurlTransport/Withheld.swift": "CurlTransportTests/WatchedFiles+CredentialsTests.swift",
        "CurlTransport/Carrier.swift": "CurlTransportTests/SenderThreadTests.swift",
        "CurlTransport/Round.swift": "CurlTransportTests/SenderThreadTests.swift",
        "CurlTransport/Crew.swift": "CurlTransportTests/SenderThread+ChangeTests.swift",
        "CurlTransport/DestinationChange.swift": "CurlTransportTests/SenderThread+ChangeTests.swift",
        "CurlTransport/Errand.swift": "CurlTransportTests/SenderThread+ChangeTests.swift",
        "CurlTransport/Fetch.swift": "CurlTransportTests/FetchThreadTests.swift",
        "CurlTransport/FetchAccess.swift": "CurlTransportTests/FetchThreadTests.swift",
        "CurlTransport/FetchBody.swift": "CurlTransportTests/FetchThreadTests.swift",
        "CurlTransport/Fetcher.swift": "CurlTransportTests/FetchThreadTests.swift",
        "Discovery/FetchAnswer.swift": "CurlTransportTests/FetchThreadTests.swift",
        "Discovery/FetchClient.swift": "CurlTransportTests/FetchThreadTests.swift",
        "SettingsFile/KubeconfigSection.swift": "SettingsFileTests/KubeconfigTests.swift",
        "Telemetry/ProbeStatus.swift": "TelemetryTests/ProbeMetricsTests.swift",
        "Discovery/FetchPlan.swift": "CurlTransportTests/FetchThreadTests.swift",
        "Discovery/FetchRequest.swift": "CurlTransportTests/FetchThreadTests.swift",
        "Discovery/KubernetesObjects.swift": "DiscoveryTests/ResourceWatchTests.swift",
        "Discovery/Retry.swift": "DiscoveryTests/ResourceWatchTests.swift",
        "Delivery/Offer.swift": "DeliveryTests/OutboxTests.swift",
        "Delivery/OutboundRequest.swift": "DeliveryTests/WireTests.swift",
        "Delivery/Aside.swift": "DeliveryTests/Wire+AsideTests.swift",
        "Delivery/DestinationStatus.swift": "DeliveryTests/Destination+StatusTests.swift",
        "Delivery/Settlement.swift": "DeliveryTests/AcknowledgementTests.swift",
        "Delivery/Transport.swift": "DeliveryTests/OutboxTests.swift",
        "Delivery/Waker.swift": "DeliveryTests/OutboxTests.swift",
        "Delivery/OutboundProfile+Settings.swift": "DeliveryTests/OutboxTests.swift",
        "EmbeddedReceiver/OpenConnections.swift": "EmbeddedReceiverTests/ReceiverHandlerTests.swift",
        "EmbeddedReceiver/ReceiverAnswer.swift": "EmbeddedReceiverTests/WriteEndpointTests.swift",
        "EmbeddedReceiver/ReceiverLimits.swift": "EmbeddedReceiverTests/ReceiverHandlerTests.swift",
        "Exposition/Dialect.swift": "ExpositionTests/ExpositionErrorTests.swift",
        "Exposition/ExemplarRows.swift": "ExpositionTests/TextLines+ExemplarTests.swift",
        "Exposition/MetricType+OpenMetrics.swift": "ExpositionTests/TextLines+MetadataTests.swift",
        "Exposition/SampleName.swift": "ExpositionTests/TextLines+BoundsTests.swift",
        "Exposition/SiblingLabels.swift": "ExpositionTests/StartTimesTests.swift",
        "Ingest/ClientNames.swift": "IngestTests/TLSDoorTests.swift",
        "Ingest/DoorGuards.swift": "IngestTests/DoorTests.swift",
        "Ingest/DoorWatch.swift": "IngestTests/Door+WatchingTests.swift",
        "Ingest/TLSThreshold.swift": "IngestTests/TLSHandshakeTests.swift",
        "Ingest/WebSource.swift": "IngestTests/Door+WatchingTests.swift",
        "Ingest/ConnectionLimits.swift": "IngestTests/PushHandlerTests.swift",
        "Ingest/Exchange.swift": "IngestTests/PushHandlerTests.swift",
        "Ingest/ChunkSize.swift": "IngestTests/RequestDecoderTests.swift",
        "Ingest/HeaderLine.swift": "IngestTests/RequestDecoderTests.swift",
        "Ingest/RequestFlaw.swift": "IngestTests/PushErrorTests.swift",
        "Ingest/RequestLine.swift": "IngestTests/RequestDecoderTests.swift",
        "Ingest/EventLoopShare.swift": "IngestTests/PushHandlerTests.swift",
        "Ingest/FormatCounters.swift": "IngestTests/PushHandler+RecordTests.swift",
        "Ingest/Intake.swift": "IngestTests/PushPipelineTests.swift",
        "Ingest/Limits+Series.swift": "IngestTests/PushPipeline+RulesTests.swift",
        "Ingest/PushRequest.swift": "IngestTests/PushHandler+PushTests.swift",
        "Ingest/ServerState.swift": "IngestTests/PushServer+ReloadTests.swift",
        "Ingest/Weight.swift": "IngestTests/PushHandler+PushTests.swift",
        "PushCollector/Configured.swift": "EndToEndTests/ReloadTests.swift",
        "PushCollector/Herald.swift": "EndToEndTests/SupervisionTests.swift",
        "PushCollector/ReloadSource.swift": "PushCollectorTests/ReloaderTests.swift",
        "PushCollector/Watchdog.swift": "EndToEndTests/SupervisionTests.swift",
        "PushCollector/Program.swift": "EndToEndTests/ProgramTests.swift",
        "PushCollector/ProgramCommand.swift": "PushCollectorTests/ServeCommandTests.swift",
        "Relabeling/DecisionStore.swift": "RelabelingTests/DecisionCacheTests.swift",
        "Relabeling/FixedExternals.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/LabelOrigins.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/PushedLabels.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/RelabeledSeries.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/RelabeledSeries+Equal.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/RelabeledSeries+Keys.swift": "RelabelingTests/RelabelerTests.swift",
        "Relabeling/RelabeledSeries+Placing.swift": "RelabelingTests/RelabelerTests.swift",
        "RemoteWrite/EncodedFields.swift": "RemoteWriteTests/EncodedPartTests.swift",
        "RemoteWrite/EncodedPlace.swift": "RemoteWriteTests/MessageJoinerTests.swift",
        "RemoteWrite/EncodedPush.swift": "RemoteWriteTests/WriteRequestEncoderTests.swift",
        "RemoteWrite/ExpositionText.swift": "RemoteWriteTests/ReceivedRequest+ExpositionTests.swift",
        "RemoteWrite/FixedLabels.swift": "RemoteWriteTests/WriteRequestEncoderTests.swift",
        "RemoteWrite/OutboundProfile.swift": "RemoteWriteTests/TimeSeriesMessage+DetailsTests.swift",
        "RemoteWrite/ReceivedHistogram+Exposition.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "RemoteWrite/ReceivedHistogram+Reading.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "RemoteWrite/ReceivedHistogram.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "RemoteWrite/ReceivedRequest.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "RemoteWrite/RemoteWriteVersion.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "RemoteWrite/SeriesPattern.swift": "RemoteWriteTests/SeriesWriterTests.swift",
        "RemoteWrite/SeriesShape.swift": "RemoteWriteTests/KnownShapesTests.swift",
        "RemoteWrite/TimeSeriesMessage.swift": "RemoteWriteTests/WriteRequestEncoderTests.swift",
        "RemoteWrite/TimestampField.swift": "RemoteWriteTests/WriteRequestEncoderTests.swift",
        "RemoteWrite/Version1Reader.swift": "RemoteWriteTests/WriteRequestReaderTests.swift",
        "Samples/Exemplar.swift": "SamplesTests/SampleDetailsTests.swift",
        "Samples/Family.swift": "SamplesTests/SampleBatchTests.swift",
        "Samples/NativeHistogram.swift": "SamplesTests/SampleDetailsTests.swift",
        "Samples/Sample.swift": "SamplesTests/SampleBatchTests.swift",
        "Samples/SeriesHash.swift": "SamplesTests/LabelHasherTests.swift",
        "Scraping/ScrapeFlaw.swift": "ScrapingTests/ScrapePipelineTests.swift",
        "Scraping/ScrapeParts.swift": "ScrapingTests/ScrapeLoopTests.swift",
        "Scraping/TargetFinder.swift": "ScrapingTests/ScrapeLoopTests.swift",
        "Settings/Authentication.swift": "SettingsFileTests/DestinationSettings+SectionTests.swift",
        "Settings/Header.swift": "SettingsFileTests/DestinationSettings+SectionTests.swift",
        "Settings/Proxy.swift": "SettingsFileTests/DestinationSettings+SectionTests.swift",
        "Settings/TLS.swift": "SettingsFileTests/DestinationSettings+SectionTests.swift",
        "Settings/ServerTLS.swift": "SettingsFileTests/WebSettings+SectionTests.swift",
        "Settings/WebSettings.swift": "SettingsFileTests/WebSettings+SectionTests.swift",
        "SettingsFile/Field.swift": "SettingsFileTests/ReadingTests.swift",
        "SettingsFile/Report.swift": "SettingsFileTests/SectionTests.swift",
        "SettingsFile/YAMLEvent.swift": "SettingsFileTests/YAMLParserTests.swift",
        "Status/DestinationSettings+YAML.swift": "StatusTests/Settings+YAMLTests.swift",
        "Status/Scrape+YAML.swift": "StatusTests/Settings+YAMLTests.swift",
        "Status/StatusFacts.swift": "StatusTests/VerdictTests.swift",
        "Status/StatusScript.swift": "StatusTests/StatusStyleTests.swift",
        "Status/YAMLText.swift": "StatusTests/Settings+YAMLTests.swift",
    ]

    /// Where a source file's tests may stand: under its own name, or for `Type+Aspect.swift` under its type's.
    private func mirrors(of file: Checkout.SourceFile) -> [String] {
        let name = file.name.replacing(".swift", with: "")
        let type = name.split(separator: "+").first ?? ""
        return ["\(file.module)Tests/\(name)Tests.swift", "\(file.module)Tests/\(type)Tests.swift"]
    }

    @Test func `every source file has its test file`() throws {
        let tests = Set(try Checkout.swiftFiles(under: "Tests").map(\.path))
        let missing = try Checkout.swiftFiles(under: "Sources").filter { file in
            let places = Self.covered[file.path].map { [$0] } ?? mirrors(of: file)
            return !places.contains(where: tests.contains)
        }
        #expect(missing.map(\.path) == [])
    }

    @Test func `the list of exceptions holds no file that is gone or has its mirror`() throws {
        let sources = try Checkout.swiftFiles(under: "Sources")
        let tests = Set(try Checkout.swiftFiles(under: "Tests").map(\.path))
        #expect(Set(Self.covered.keys).subtracting(sources.map(\.path)) == [])
        let mirrored = sources.filter {
            Self.covered[$0.path] != nil && mirrors(of: $0).contains(where: tests.contains)
        }
        #expect(mirrored.map(\.path) == [])
    }
}
