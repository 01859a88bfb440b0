import Settings

/// The names of keys: `listen_address`, which may be written `listenAddress`.
enum KeyName {
    /// Whether a file's name is this one, in either form.
    static func matches(_ name: String, _ written: String) -> Bool { written == name || written == camelCase(name) }

    /// `listen_address` as `listenAddress`.
    static func camelCase(_ name: String) -> String {
        let parts = name.split(separator: "_")
        return parts.prefix(1).joined() + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// The name that someone probably meant; nil where none is near.
    static func nearest(to written: String, among names: [String]) -> String? {
        guard written.utf8.count <= 64 else { return nil }
        let distances = names.map { name in
            (
                name,
                min(distance(written, name), distance(written, camelCase(name)), distance(written.lowercased(), name))
            )
        }
        let nearest = distances.min { $0.1 < $1.1 }
        return nearest.flatMap { $0.1 <= max(1, $0.0.utf8.count / 3) ? $0.0 : nil }
    }

    /// The name, in one line of bounded length.
    ///
    /// Behind a colon stands a value that lacks the blank before it, and may be a secret.
    static func printable(_ written: String) -> String {
        if let colon = written.firstIndex(of: ":"), written.index(after: colon) < written.endIndex {
            return printable(String(written[...colon])) + "..."
        }
        let isPlain = written.utf8.count <= 64 && written.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain ? written : written.quoted
    }

    /// How many letters must be inserted, left out or exchanged to make one of the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (index, letter) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let exchanged = diagonal + (letter == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(exchanged, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
