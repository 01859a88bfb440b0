import Testing

@testable import Systemd

@Suite("Sockets that a service manager passes")
struct PassedSocketsTests {
    @Test func `they are numbered from three on, and may have names`() {
        let passed = PassedSockets(
            environment: ["LISTEN_PID": "42", "LISTEN_FDS": "2", "LISTEN_FDNAMES": "tcp:unix"], process: 42)
        #expect(passed.descriptors == [3, 4])
        #expect(passed.names == ["tcp", "unix"])
    }

    @Test(
        arguments: [
            [:], ["LISTEN_FDS": "1"], ["LISTEN_PID": "41", "LISTEN_FDS": "1"], ["LISTEN_PID": "42", "LISTEN_FDS": "0"],
            ["LISTEN_PID": "42", "LISTEN_FDS": "-1"], ["LISTEN_PID": "42", "LISTEN_FDS": "many"],
            ["LISTEN_PID": "42", "LISTEN_FDS": "99999"], ["LISTEN_PID": "", "LISTEN_FDS": "1"],
        ] as [[String: String]])
    func `what is meant for another process, or for none, is left`(environment: [String: String]) {
        #expect(PassedSockets(environment: environment, process: 42) == PassedSockets(environment: [:], process: 42))
        #expect(PassedSockets(environment: environment, process: 42).descriptors == [])
    }

    @Test func `what is no socket is named`() {
        #expect(PassedSockets.NotASocket(descriptor: 3).description.contains("descriptor 3"))
    }
}
