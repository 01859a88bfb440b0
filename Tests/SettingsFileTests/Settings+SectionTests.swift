import Fixtures
import Foundation
import Settings
import Testing

@testable import SettingsFile

@Suite struct SettingsSectionTests {
    private func settings(_ text: String) throws -> Settings {
        let file = try SettingsFile(Array(text.utf8), name: "c.yaml")
        #expect(file.problems() == [])
        return file.settings
    }

    @Test func `every key reaches its setting`() throws {
        let settings = try settings(
            """
            listen_address: ['[::1]:1', unix:/x]
            push:
              pushgateway:
                enabled: false
                route_prefixes: [/a]
                acknowledge: queued
                acknowledge_timeout: 1s
                timestamps: strip
                canonical_buckets: false
                limits: {body_size: 1KiB, decoded_size: 2KiB, inflight_size: 3KiB, connections: 4}
            remote_write:
              - url: https://h/x
                name: n
                remote_timeout: 2s
                protobuf_message: io.prometheus.write.v2.Request
                tls_config: {ca_file: /etc/passwd, insecure_skip_verify: true}
                queue_config:
                  {max_queue_size: 5KiB, max_shards: 6, max_samples_per_send: 7, min_backoff: 8ms, max_backoff: 9ms}
            shutdown: {delay: 2s, timeout: 3s}
            log: {level: debug, format: json}
            """)
        var expected = Settings()
        expected.listenAddress = [.tcp(host: "::1", port: 1), .unix(path: "/x")]
        expected.push.pushgateway.enabled = false
        expected.push.pushgateway.routePrefixes = ["/a"]
        expected.push.pushgateway.acknowledge = .queued
        expected.push.pushgateway.acknowledgeTimeout = .seconds(1)
        expected.push.pushgateway.timestamps = .strip
        expected.push.pushgateway.canonicalBuckets = false
        expected.push.pushgateway.limits.bodySize = .kibibytes(1)
        expected.push.pushgateway.limits.decodedSize = .kibibytes(2)
        expected.push.pushgateway.limits.inflightSize = .kibibytes(3)
        expected.push.pushgateway.limits.connections = 4
        expected.remoteWrite = [destination]
        expected.shutdown.delay = .seconds(2)
        expected.shutdown.timeout = .seconds(3)
        expected.log.level = .debug
        expected.log.format = .json
        #expect(settings == expected)
    }

    private var destination: DestinationSettings {
        var destination = DestinationSettings(url: "https://h/x")
        destination.name = "n"
        destination.remoteTimeout = .seconds(2)
        destination.protobufMessage = .version2
        destination.tls.caFile = "/etc/passwd"
        destination.tls.insecureSkipVerify = true
        destination.queue.maxQueueSize = .kibibytes(5)
        destination.queue.maxShards = 6
        destination.queue.maxSamplesPerSend = 7
        destination.queue.minBackoff = .milliseconds(8)
        destination.queue.maxBackoff = .milliseconds(9)
        return destination
    }

    @Test func `a block of the kind that people paste is read`() throws {
        let settings = try settings(
            """
            listenAddress: 0.0.0.0:9091
            push: {pushgateway: {enabled: true}}
            remoteWrite:
              - url: "http://prometheus:9090/api/v1/write"
                queueConfig:
                  maxShards: 10
            """)
        #expect(settings.listenAddress == [.tcp(host: "0.0.0.0", port: 9091)])
        #expect(settings.push == Push())
        #expect(settings.remoteWrite.first?.queue.maxShards == 10)
    }

    @Test func `collector.yaml shows the defaults of the code`() throws {
        let file = try SettingsFile(contentsOf: Fixtures.root.appending(path: "collector.yaml").path)
        var defaults = Settings()
        defaults.remoteWrite = [DestinationSettings(url: "http://localhost:9090/api/v1/write")]
        #expect(file.problems(with: file.settings.contradictions) == [])
        #expect(file.settings == defaults)
    }

    @Test(arguments: SettingsFile.keys)
    func `collector.yaml has every key`(path: String) throws {
        let text = try String(contentsOf: Fixtures.root.appending(path: "collector.yaml"), encoding: .utf8)
        let key = try #require(path.split(separator: ".").last)
        // `- url:` begins an item; what has no default stands behind `#`.
        #expect(text.split(separator: "\n").contains { $0.trimmingPrefix { " #-".contains($0) }.hasPrefix("\(key):") })
    }
}
