import Settings
import Testing

@testable import SettingsFile

/// The configurations under `config/testdata` of Prometheus that it refuses for their `remote_write`, shortened.
@Suite struct PrometheusConfigurationTests {
    @Test(arguments: [
        ("  - url: localhost:9090\n    name: queue1\n    headers:\n      \"authorization\": Basic abc", "5:7"),
        ("  - url: http://h/a\n    name: n\n  - url: http://h/b\n    name: n", "5:11"),
        ("  - url: http://h/a\n  - url: http://h/a", "3:5"),
        ("  - url: http://h/a\n    headers:\n      \"x-prometheus-remote-write-version\": x", "4:7"),
        ("  - url: http://h/a\n    queue_config: {min_backoff: 1s, max_backoff: 100ms}", "3:33"),
        ("  - url: http://h/a\n    queue_config: {max_samples_per_send: 0}", "3:42"),
        ("  - url: http://h/a\n    queue_config: {max_shards: 0}", "3:32"),
        ("  - url: http://h/a\n    queue_config: {min_shards: 10, max_shards: 5}", "3:32"),
        ("  - url: http://h/a\n    queue_config: {min_shards: 0}", "3:32"),
        ("  - name: queue1", "2:5"),
        ("  - url: http://h/a\n    protobuf_message: io.prometheus.writet.v2.Request", "3:"),
        ("  -", "2:4"),
        ("  - url: http://h/a\n    write_relabel_configs:\n      -", "4:"),
    ])
    func `it is refused with file, line and key`(entries: String, place: String) throws {
        let file = try SettingsFile(Array("remote_write:\n\(entries)\n".utf8), name: "p.yml")
        let problems = file.problems(with: file.settings.contradictions)
        let found = problems.contains { problem in
            problem.description.hasPrefix("p.yml:\(place)") && problem.path.hasPrefix("remote_write[")
        }
        #expect(found, "\(problems)")
    }
}
