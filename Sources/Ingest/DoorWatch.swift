import Bytes
import Settings

/// Where what the door asks is written, and when it was read last.
struct DoorWatch: Sendable {
    let web: WebSource?
    var tokens: [PushToken]
    private var webFile: WatchedFile?
    private var webFiles = WatchedFiles()
    private var tokenFiles = WatchedFiles()
    /// What the web configuration said when it was last right.
    private(set) var settings = WebSettings()

    init(_ web: WebSource?, tokens: [PushToken]) {
        self.web = web
        self.tokens = tokens
        webFile = web.map { WatchedFile(path: $0.file, mayBeEmpty: true) }
        _ = webFile?.review()
        tokenFiles.keep(to: tokens.compactMap(\.tokenFile))
    }

    /// Whether there is anything that can change.
    var isIdle: Bool { web == nil && tokenFiles.isEmpty }

    /// What the web configuration says now; its files are watched from then on.
    mutating func read() throws(DoorError) -> WebSettings {
        guard let web else { return WebSettings() }
        let read = try web.read()
        // Where the new ones are no good, the old ones count on.
        webFiles.keep(to: (settings.tls?.files ?? []) + (read.tls?.files ?? []))
        return read
    }

    /// How connections are encrypted.
    func tls(of settings: WebSettings) throws(DoorError) -> TLSDoor? {
        guard let tls = settings.tls else { return nil }
        do throws(DoorError) {
            return try TLSDoor(tls, files: webFiles)
        } catch {
            throw DoorError(error.lines.map { "\(web?.file ?? ""): \($0)" })
        }
    }

    /// The tokens that are asked for.
    func ring() throws(DoorError) -> TokenRing {
        do throws(SettingsError) {
            return try TokenRing(tokens, files: tokenFiles)
        } catch {
            throw DoorError("push.pushgateway.tokens: \(error)")
        }
    }

    /// What is right now counts.
    mutating func accept(_ settings: WebSettings) { self.settings = settings }

    /// Other tokens are asked for.
    mutating func replace(_ tokens: [PushToken]) {
        self.tokens = tokens
        tokenFiles.keep(to: tokens.compactMap(\.tokenFile))
    }

    /// What has changed since the last look.
    struct Review {
        var isWebChanged = false
        var areTokensChanged = false
        /// What became unusable; what it last held counts.
        var unusableWeb: [(file: String, reason: String)] = []
        var unusableTokens: [(file: String, reason: String)] = []
    }

    /// Looks at all files.
    mutating func review() -> Review {
        var review = Review()
        switch webFile?.review() {
        case .content: review.isWebChanged = true
        case .unusable(let reason): review.unusableWeb.append((web?.file ?? "", reason))
        case .some(.none), nil: break
        }
        let ofWeb = webFiles.review()
        let ofTokens = tokenFiles.review()
        review.isWebChanged = review.isWebChanged || ofWeb.isChanged
        review.areTokensChanged = ofTokens.isChanged
        review.unusableWeb += ofWeb.unusable
        review.unusableTokens = ofTokens.unusable
        return review
    }
}
