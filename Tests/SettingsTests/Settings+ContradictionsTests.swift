import Settings
import Testing

@Suite struct SettingsContradictionsTests {
    private func contradictions(_ change: (inout Settings) -> Void) -> [String] {
        var settings = Settings()
        settings.remoteWrite = [DestinationSettings(url: "http://localhost:9090/api/v1/write")]
        change(&settings)
        return settings.contradictions.map(\.description)
    }

    @Test func `the defaults do not contradict themselves`() {
        #expect(contradictions { _ in } == [])
        #expect(contradictions { $0.remoteWrite = [] } == [])
    }

    @Test func `a server listens somewhere, and at each address once`() {
        #expect(contradictions { $0.listenAddress = [] } == ["listen_address: must not be empty"])
        #expect(
            contradictions { $0.listenAddress = [.default, .default] }
                == ["listen_address[1]: \"0.0.0.0:3030\" is there twice"])
    }

    @Test(arguments: [
        ("", "route_prefixes[0]: a path prefix begins with a slash, unlike \"\""),
        ("a", "route_prefixes[0]: a path prefix begins with a slash, unlike \"a\""),
        ("/a/", "route_prefixes[0]: a path prefix has no empty part and no slash at its end, unlike \"/a/\""),
        ("//", "route_prefixes[0]: a path prefix has no empty part and no slash at its end, unlike \"//\""),
        ("/a%20", "route_prefixes[0]: a path prefix has only letters, digits and /-._~!$&'()*+,;=:@, unlike \"/a%20\""),
        ("/ä", "route_prefixes[0]: a path prefix has only letters, digits and /-._~!$&'()*+,;=:@, unlike \"/ä\""),
        ("/a?b", "route_prefixes[0]: a path prefix has only letters, digits and /-._~!$&'()*+,;=:@, unlike \"/a?b\""),
    ])
    func `a path prefix is one`(prefix: String, message: String) {
        #expect(contradictions { $0.push.pushgateway.routePrefixes = [prefix] } == ["push.pushgateway.\(message)"])
    }

    @Test func `there is a path prefix, and each once`() {
        #expect(
            contradictions { $0.push.pushgateway.routePrefixes = [] }
                == ["push.pushgateway.route_prefixes: must not be empty"])
        #expect(
            contradictions { $0.push.pushgateway.routePrefixes = ["/", "/a-b/c", "/"] }
                == ["push.pushgateway.route_prefixes[2]: \"/\" is there twice"])
    }

    @Test func `the largest push fits`() {
        #expect(
            contradictions { $0.push.pushgateway.limits.bodySize = .mebibytes(65) }
                == ["push.pushgateway.limits.body_size: must not exceed decoded_size, which is 64MiB"])
        #expect(
            contradictions { $0.push.pushgateway.limits.inflightSize = .mebibytes(79) } == [
                "push.pushgateway.limits.inflight_size: must be at least 80MiB, body_size and decoded_size together"
            ])
        #expect(contradictions { $0.push.pushgateway.limits.inflightSize = .mebibytes(80) } == [])
        #expect(
            contradictions { $0.push.pushgateway.limits.decodedSize = .bytes(.max) }.first
                == "push.pushgateway.limits.decoded_size: must be at most 1GiB")
        #expect(
            contradictions { $0.push.pushgateway.limits.bodySize = .bytes(0) }
                == ["push.pushgateway.limits.body_size: must be at least 1B"])
        #expect(
            contradictions { $0.push.pushgateway.limits.connections = 0 }
                == ["push.pushgateway.limits.connections: must be at least 1"])
    }

    @Test func `times are in reason`() {
        #expect(
            contradictions { $0.push.pushgateway.acknowledgeTimeout = .zero }
                == ["push.pushgateway.acknowledge_timeout: must be at least 1ms"])
        #expect(contradictions { $0.shutdown.timeout = .zero } == [])
        #expect(contradictions { $0.shutdown.delay = .seconds(86_401) } == ["shutdown.delay: must be at most 1d"])
        #expect(contradictions { $0.shutdown.timeout = .seconds(86_401) } == ["shutdown.timeout: must be at most 1d"])
        #expect(
            contradictions { $0.remoteWrite[0].remoteTimeout = .zero }
                == ["remote_write[0].remote_timeout: must be at least 1ms"])
    }

    @Test func `a queue makes sense`() {
        #expect(
            contradictions {
                $0.remoteWrite[0].queue.minBackoff = .seconds(6)
                $0.remoteWrite[0].queue.maxShards = 0
                $0.remoteWrite[0].queue.maxSamplesPerSend = 0
                $0.remoteWrite[0].queue.maxQueueSize = .bytes(0)
            } == [
                "remote_write[0].queue_config.max_queue_size: must be at least 1B",
                "remote_write[0].queue_config.max_shards: must be at least 1",
                "remote_write[0].queue_config.max_samples_per_send: must be at least 1",
                "remote_write[0].queue_config.min_backoff: must not exceed max_backoff, which is 5s",
            ])
    }

    @Test func `a destination has a URL, and a name that no other has`() {
        #expect(
            contradictions { $0.remoteWrite[0].url = "" }
                == ["remote_write[0].url: must begin with http:// or https://"])
        #expect(
            contradictions {
                $0.remoteWrite.append($0.remoteWrite[0])
                for index in 0...1 { $0.remoteWrite[index].name = "a" }
            } == ["remote_write[1].name: \"a\" is there twice"])
        #expect(contradictions { $0.remoteWrite.append($0.remoteWrite[0]) }.count == 1)
        #expect(
            contradictions { $0.remoteWrite[0].name = "a\nb" }
                == ["remote_write[0].name: a name has 1 to 128 bytes and no control characters"])
        #expect(
            contradictions { $0.remoteWrite[0].tls.caFile = "" }
                == ["remote_write[0].tls_config.ca_file: must not be empty"])
    }
}
