import Settings
import Testing

@Suite struct ContradictionTests {
    @Test func `a contradiction says where and what`() {
        let contradiction = Contradiction(
            "remote_write[0].queue_config.min_backoff", .exceeds(key: "max_backoff", value: "5s"))
        #expect(
            "\(contradiction)"
                == "remote_write[0].queue_config.min_backoff: must not exceed max_backoff, which is 5s")
    }
}
