extension DestinationMetrics {
    /// The families of these destinations' metrics.
    static func families(of destinations: [DestinationMetrics]) -> [MetricFamily] {
        let readings = destinations.map(Reading.init)
        return readings.samples + readings.queues + readings.requests
    }
}

/// A look at what one destination got.
private struct Reading {
    var destination: DestinationMetrics
    var delivered: Int
    var failed: [String: Int]
    var dropped: [String: Int]
    var entered: Int

    init(_ destination: DestinationMetrics) {
        self.destination = destination
        // What leaves is read before what enters, so that no more has left than has entered.
        delivered = destination.samplesDelivered.value
        failed = destination.samplesFailed.values
        dropped = destination.samplesDropped.values
        entered = destination.samplesIn.value
    }

    /// Made of the others rather than read, so that they agree while samples move.
    var pending: Int { max(0, entered - delivered - failed.values.reduce(0, +) - dropped["age", default: 0]) }

    func series(_ value: String, _ labels: [(name: String, value: String)] = []) -> MetricFamily.Series {
        .init(labels: [("destination", destination.name)] + labels, value: value)
    }
}

extension [Reading] {
    fileprivate var samples: [MetricFamily] {
        let failed = flatMap { reading in reading.failed.map { reading.series(String($1), [("reason", $0)]) } }
        let dropped = flatMap { reading in reading.dropped.map { reading.series(String($1), [("reason", $0)]) } }
        return [
            MetricFamily(
                .counter, "push_collector_samples_dropped_total",
                "Samples and exemplars that the destination was not to be sent, by reason.", dropped),
            family(.counter, "samples_in_total", "Samples that entered the queue.") { String($0.entered) },
            family(.counter, "samples_total", "Samples that were delivered, native histograms among them.") {
                String($0.delivered)
            },
            family(.counter, "histograms_total", "Native histograms that were delivered.") {
                String($0.destination.histogramsDelivered.value)
            },
            family(.counter, "exemplars_total", "Exemplars that were delivered.") {
                String($0.destination.exemplarsDelivered.value)
            },
            MetricFamily(
                .counter, name("samples_failed_total"),
                "Samples that were refused for good, not confirmed, or lost at the end.",
                failed),
            family(.counter, "samples_retried_total", "Samples in requests that are sent again.") {
                String($0.destination.samplesRetried.value)
            },
            family(.gauge, "samples_pending", "Samples in the queue or under way.") { String($0.pending) },
        ]
    }

    fileprivate var queues: [MetricFamily] {
        [
            family(.gauge, "bytes_pending", "Bytes in the queue or under way, as they are held.") {
                String($0.destination.bytesPending.value)
            },
            family(.gauge, "shards", "Shards, each with one request under way at most.") {
                String($0.destination.shards.value)
            },
            family(.gauge, "shard_capacity", "Samples that a shard may hold; 0: only bytes bound the queue.") {
                String($0.destination.shardCapacity.value)
            },
            family(.gauge, "failing", "1 while the destination is failing and pushes are answered 202 at once.") {
                String($0.destination.failing.value)
            },
            family(.gauge, "queue_highest_sent_timestamp_seconds", "The latest timestamp that was delivered.") {
                $0.destination.highestSentTimestamp.value.decimal(places: 3)
            },
        ]
    }

    fileprivate var requests: [MetricFamily] {
        let requests = flatMap { reading in
            reading.destination.requests.values.map { reading.series(String($1), [("code", String($0))]) }
        }
        return [
            MetricFamily(.counter, name("requests_total"), "Requests by status; 0 where no answer came.", requests),
            MetricFamily(
                name("request_duration_seconds"), "Time from the beginning of a request to its answer, or its failure.",
                map { ([("destination", $0.destination.name)], $0.destination.requestDurations) }),
            family(.counter, "partial_writes_total", "Requests of which the destination has stored a part.") {
                String($0.destination.partialWrites.value)
            },
            family(.gauge, "protocol_version", "The version of the protocol that the destination is spoken to in.") {
                String($0.destination.protocolVersion.value)
            },
            family(.counter, "bytes_total", "Compressed bytes of requests that were delivered.") {
                String($0.destination.bytesDelivered.value)
            },
        ]
    }

    private func family(
        _ kind: MetricFamily.Kind, _ rest: String, _ help: String, value: (Reading) -> String
    ) -> MetricFamily {
        MetricFamily(kind, name(rest), help, map { $0.series(value($0)) })
    }

    private func name(_ rest: String) -> String { "push_collector_remote_write_\(rest)" }
}
