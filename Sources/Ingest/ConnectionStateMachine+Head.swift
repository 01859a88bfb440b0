import NIOHTTP1

extension ConnectionStateMachine.Head {
    /// What the head of a request says about what follows.
    init(_ head: RequestHead, isPush: Bool) {
        self.isPush = isPush
        // Who offers another protocol may go on in it, though nobody has agreed to it.
        let offersUpgrade = head.method == .CONNECT || head[.upgrade] != nil
        isKeepAlive = head.isKeepAlive && !offersUpgrade
        contentLength = head[.transferEncoding] == nil ? head.contentLength ?? 0 : nil
        expectsContinue = head.version == .http1_1 && head[.expect]?.lowercased() == "100-continue"
    }
}
