import Testing

@testable import SettingsFile

@Suite struct KeyNameTests {
    @Test(arguments: [
        ("listen_address", "listenAddress"), ("url", "url"), ("retry_on_http_429", "retryOnHttp429"),
        ("max_samples_per_send", "maxSamplesPerSend"), ("sigv4", "sigv4"),
    ])
    func `a name has a second form`(name: String, camelCase: String) {
        #expect(KeyName.camelCase(name) == camelCase)
        #expect(KeyName.matches(name, name))
        #expect(KeyName.matches(name, camelCase))
        #expect(!KeyName.matches(name, name.uppercased()))
    }

    @Test(arguments: [
        ("", "", 0), ("abc", "abc", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 2), ("url", "urls", 1),
    ])
    func `a distance counts letters`(left: String, right: String, distance: Int) {
        #expect(KeyName.distance(left, right) == distance)
        #expect(KeyName.distance(right, left) == distance)
    }

    @Test(arguments: [
        ("listen_adress", "listen_address"), ("listenAdress", "listen_address"), ("ListenAddress", "listen_address"),
        ("uri", "url"), ("Log", "log"),
    ])
    func `the nearest name is found`(written: String, nearest: String) {
        #expect(KeyName.nearest(to: written, among: ["push", "log", "listen_address", "url"]) == nearest)
    }

    @Test func `what is far from all has no nearest name`() {
        #expect(KeyName.nearest(to: "scrape_configs", among: ["push", "log", "listen_address"]) == nil)
        #expect(KeyName.nearest(to: String(repeating: "x", count: 1000), among: ["x"]) == nil)
        #expect(KeyName.nearest(to: "x", among: []) == nil)
    }

    @Test func `a value that sticks to its key is not printed`() {
        #expect(KeyName.printable("password:secret") == "password:...")
        #expect(KeyName.printable("X-Key:sec:ret") == "X-Key:...")
    }

    @Test func `a name is printed in one line`() {
        #expect(KeyName.printable("remote_write") == "remote_write")
        #expect(KeyName.printable("a\nb") == "\"a\\nb\"")
        #expect(KeyName.printable("") == "")
        #expect(KeyName.printable("a:") == "a:")
    }
}
