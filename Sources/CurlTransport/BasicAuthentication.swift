import Bytes
import Settings

/// A user and a password in the header `Authorization` (RFC 7617).
enum BasicAuthentication {
    /// The header's value.
    static func value(user: String, password: String) -> String {
        "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
    }

    /// The header's value for settings.
    static func value(_ settings: BasicAuth, _ files: WatchedFiles) throws(Withheld) -> String {
        let user = try settings.usernameFile.map { file throws(Withheld) in try files.reveal(.file(file)) }
        let password = try Credential(settings.password, file: settings.passwordFile)
            .map { credential throws(Withheld) in try files.reveal(credential) }
        return value(user: user ?? settings.username ?? "", password: password ?? "")
    }

    /// The files that hold user and password.
    static func files(_ settings: BasicAuth) -> [String] {
        [settings.usernameFile, settings.passwordFile].compactMap(\.self)
    }
}
