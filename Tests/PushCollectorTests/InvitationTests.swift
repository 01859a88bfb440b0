import Settings
import Testing

@testable import PushCollector

@Suite struct InvitationTests {
    @Test(arguments: [
        (ListenAddress.tcp(host: "0.0.0.0", port: 3030), "http://localhost:3030"),
        (.tcp(host: "::", port: 3030), "http://localhost:3030"),
        (.tcp(host: "127.0.0.1", port: 1), "http://127.0.0.1:1"),
        (.tcp(host: "::1", port: 1), "http://[::1]:1"), (.unix(path: "/x"), "http://localhost"),
    ])
    func `the URL is one that a program on this machine can use`(address: ListenAddress, url: String) {
        #expect(Invitation(address: address, pushgateway: Pushgateway()).url == url)
    }

    @Test func `the example pushes to the first prefix`() {
        var invitation = Invitation(address: .default, pushgateway: Pushgateway())
        #expect(
            invitation.example
                == "echo 'some_metric 3.14' | curl --data-binary @- 'http://localhost:3030/pushgateway/metrics/job/some_job'"
        )
        invitation.pushgateway.routePrefixes = ["/"]
        #expect(invitation.example?.hasSuffix(" 'http://localhost:3030/metrics/job/some_job'") == true)
        #expect(invitation.text.contains("\n    \(invitation.example ?? "-")\n"))
    }

    @Test func `the example finds a socket`() {
        let invitation = Invitation(address: .unix(path: "/run/it's"), pushgateway: Pushgateway())
        #expect(invitation.example?.contains("curl --unix-socket '/run/it'\\''s' --data-binary @- ") == true)
    }

    @Test func `there is no example where no push is taken`() {
        var invitation = Invitation(address: .default, pushgateway: Pushgateway())
        invitation.pushgateway.enabled = false
        #expect(invitation.example == nil)
        #expect(invitation.text == "\npush-collector is ready at http://localhost:3030\n\n")
    }
}
