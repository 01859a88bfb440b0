import Settings
import Testing

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("0.0.0.0:3030", ListenAddress.tcp(host: "0.0.0.0", port: 3030)),
        (":3030", .tcp(host: "0.0.0.0", port: 3030)),
        ("localhost:0", .tcp(host: "localhost", port: 0)),
        ("push-collector.example_1.com:65535", .tcp(host: "push-collector.example_1.com", port: 65_535)),
        ("[::1]:3030", .tcp(host: "::1", port: 3030)),
        ("[::]:3030", .tcp(host: "::", port: 3030)),
        ("[fe80::1%eth0]:3030", .tcp(host: "fe80::1%eth0", port: 3030)),
        ("[::ffff:127.0.0.1]:3030", .tcp(host: "::ffff:127.0.0.1", port: 3030)),
        ("unix:/run/push-collector.sock", .unix(path: "/run/push-collector.sock")),
        ("unix:/run/with a blank", .unix(path: "/run/with a blank")),
    ])
    func `an address is read`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(parsing: text) == address)
    }

    @Test(arguments: [
        ("", AddressFlaw.portMissing), ("localhost", .portMissing), ("[::1]", .portMissing), ("3030", .portMissing),
        ("::1:3030", .bracketsMissing), ("::", .bracketsMissing), ("a b:3030", .host), ("[localhost]:1", .host),
        ("[]:1", .host), ("http://localhost:3030", .host), ("é:1", .host), ("[::1:3030", .bracketsMissing),
        ("unix:", .socketPath), ("unix:run/x.sock", .socketPath),
        ("unix:/\(String(repeating: "x", count: 107))", .socketPath),
    ])
    func `what is no address is refused with the reason`(text: String, flaw: AddressFlaw) {
        #expect(throws: SettingsError.notAnAddress(text, flaw)) { try ListenAddress(parsing: text) }
    }

    @Test(arguments: ["", "x", "65536", "-1", "+1", "99999999999999999999", "3030/"])
    func `what is no port is refused`(port: String) {
        #expect(throws: SettingsError.notAnAddress(port, .port)) { try ListenAddress(parsing: "localhost:\(port)") }
    }

    @Test(arguments: ["0.0.0.0:3030", "[::1]:3030", "unix:/run/push-collector.sock"])
    func `an address is written as it is read`(text: String) throws {
        #expect(try ListenAddress(parsing: text).description == text)
    }

    @Test func `the default is port 3030 of all interfaces`() {
        #expect(ListenAddress.default.description == "0.0.0.0:3030")
    }
}
