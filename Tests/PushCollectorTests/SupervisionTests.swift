import Settings
import Systemd
import Testing

@testable import PushCollector

@Suite struct SupervisionTests {
    @Test func `without a service manager there is nobody to tell`() throws {
        let supervision = try Supervision.take(from: [:])
        #expect(supervision.notify == nil && supervision.watchdog == nil && supervision.sockets == [])
        supervision.tell(.ready)
    }

    @Test func `a status says where it serves and how many it delivers to`() {
        let status = Supervision.status(at: [.default, .unix(path: "/x")], destinations: 1)
        #expect(status == .status("serves at 0.0.0.0:3030, unix:/x, delivers to 1 destination"))
        #expect(Supervision.status(at: [.default], destinations: 2) != status)
    }
}
