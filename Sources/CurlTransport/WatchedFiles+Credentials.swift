import Bytes
import Settings

// What a destination is shown, of the configuration or of files.
extension WatchedFiles {
    /// What a credential is now.
    func reveal(_ credential: Credential) throws(Withheld) -> String {
        switch credential {
        case .text(let secret): return secret.revealed
        case .file(let path):
            guard let text = text(path) else { throw Withheld(whyUnusable(path)) }
            return text
        }
    }

    /// What a credential is now, as far as it can stand in a header.
    func revealInHeader(_ credential: Credential) throws(Withheld) -> String {
        let text = try reveal(credential)
        guard text.isHeaderValue else {
            // Where the configuration holds it, it may have come from the environment.
            throw Withheld("\(credential.place) has more than one line")
        }
        return text
    }

    /// The bytes of a text or a file; nil where there is neither.
    func bytes(_ text: String?, file path: String?) throws(Withheld) -> [UInt8]? {
        if let text { return Array(text.utf8) }
        guard let path else { return nil }
        guard let bytes = content(path) else { throw Withheld(whyUnusable(path)) }
        return bytes
    }
}

extension Credential {
    fileprivate var place: String {
        switch self {
        case .text: "a credential of the configuration"
        case .file(let path): path
        }
    }
}
