import NIOHTTP1

extension ConnectionStateMachine.Head {
    /// What the head of a request says about what follows.
    init(_ head: HTTPRequestHead, isPush: Bool) {
        self.isPush = isPush
        // The decoder takes what follows an offer of another protocol for that protocol, though nobody has agreed to it.
        let offersUpgrade = head.method == .CONNECT || head.headers.contains(name: "Upgrade")
        isKeepAlive = head.isKeepAlive && !offersUpgrade
        let chunked = head.headers.contains(name: "Transfer-Encoding")
        contentLength = chunked ? nil : head.headers.first(name: "Content-Length").map { Int($0) ?? .max } ?? 0
        let expectation = head.headers.first(name: "Expect")
        expectsContinue = head.version == .http1_1 && expectation?.lowercased() == "100-continue"
    }
}
