import Logging
public import Settings
import Synchronization

// The door's files, which may change while it stands.
extension Door {
    /// Looks at the files once a second from now on, if there are any.
    func watch() {
        guard !watched.withLock(\.isIdle) else { return }
        state.withLock { state in
            guard state.watcher == nil, !state.isClosed else { return }
            state.watcher = Task { [weak self] in
                while (try? await Task.sleep(for: .seconds(1))) != nil, let self { self.review() }
            }
        }
    }

    /// Asks for other tokens, from the next request on; the web configuration stays what it is.
    ///
    /// - Throws: where a regex is none; then all is as it was.
    public func replace(_ tokens: [PushToken]) throws(DoorError) {
        try watched.withLock { watch throws(DoorError) in
            var new = watch
            new.replace(tokens)
            let ring = try new.ring()
            set(new.settings, tls, ring)
            watch = new
        }
        watch()
    }

    /// Takes over what has changed; what is broken is told once, and what it was before counts on.
    func review() {
        watched.withLock { watch in
            let review = watch.review()
            for (file, reason) in review.unusableTokens {
                logger.warning("file cannot be used", metadata: ["file": "\(file)", "reason": "\(reason)"])
            }
            for (file, reason) in review.unusableWeb { complain("\(file): \(reason)") }
            guard review.isWebChanged || review.areTokensChanged else { return }
            do throws(DoorError) {
                let settings = review.isWebChanged ? try watch.read() : watch.settings
                try watch.settings.checkStaysShut(settings)
                let tls = review.isWebChanged ? try watch.tls(of: settings) : self.tls
                set(settings, tls, try watch.ring())
                watch.accept(settings)
            } catch {
                // Tokens may have changed in the same moment, and one that is gone opens nothing any more.
                if review.areTokensChanged, let ring = try? watch.ring() { set(watch.settings, tls, ring) }
                return complain(error.description)
            }
            if review.isWebChanged { logger.info("web configuration changed") }
            if review.areTokensChanged { logger.info("tokens changed") }
        }
    }

    private func complain(_ reason: String) {
        logger.error(
            "web configuration cannot be used, and what it was counts on", metadata: ["reason": "\(reason)"])
    }
}

extension WebSettings {
    /// Refuses what would open a door that is shut: a file that is being written has lost its users for a moment.
    fileprivate func checkStaysShut(_ other: WebSettings) throws(DoorError) {
        guard tls == nil || other.tls != nil else { throw DoorError("to leave TLS takes a restart") }
        guard users.isEmpty || !other.users.isEmpty else { throw DoorError("to let anybody in takes a restart") }
    }
}
