import Bytes
import Settings

/// Headers of a user's choice, as lines for libcurl.
enum HeaderLines {
    /// A header's line; an empty value is sent as one.
    static func line(_ name: String, _ value: String) -> String { value.isEmpty ? "\(name);" : "\(name): \(value)" }

    /// The lines of `headers` and `http_headers`.
    ///
    /// - Parameter isTrusted: whether the server may see what is secret, which another than the destination may not.
    static func lines(_ settings: DestinationSettings, _ files: WatchedFiles, isTrusted: Bool) throws(Withheld)
        -> [String]
    {
        var lines = settings.headers.map { line($0.name, $0.value.revealed) }
        for group in settings.httpHeaders {
            lines += group.values.map { line(group.name, $0) }
            guard isTrusted else { continue }
            lines += group.secrets.map { line(group.name, $0.revealed) }
            for file in group.files { lines.append(line(group.name, try files.revealInHeader(.file(file)))) }
        }
        return lines
    }

    /// The lines of `proxy_connect_header`.
    static func lines(_ proxy: Proxy) -> [String] {
        proxy.connectHeader.flatMap { group in group.secrets.map { line(group.name, $0.revealed) } }
    }
}
