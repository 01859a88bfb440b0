import Settings
import Testing

@Suite struct SettingPathTests {
    @Test func `a path is built from keys and items`() {
        let path = SettingPath("").key("remote_write").item(1).key("queue_config").key("min_backoff")
        #expect("\(path)" == "remote_write[1].queue_config.min_backoff")
        #expect(path == "remote_write[1].queue_config.min_backoff")
    }

    @Test func `each path leads up to the whole configuration`() {
        var path: SettingPath? = "remote_write[1].queue_config.min_backoff"
        var texts: [String] = []
        while let here = path {
            texts.append(here.text)
            path = here.parent
        }
        #expect(
            texts == [
                "remote_write[1].queue_config.min_backoff", "remote_write[1].queue_config", "remote_write[1]",
                "remote_write", "",
            ])
    }
}
