import Settings

/// What `dev` tells people who want to push something.
struct Invitation {
    /// Where the server listens.
    var address: ListenAddress
    var pushgateway: Pushgateway

    /// The server's URL, as a program on the same machine uses it.
    var url: String {
        switch address {
        case .tcp("0.0.0.0", let port), .tcp("::", let port): "http://localhost:\(port)"
        case .tcp(let host, let port): "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        case .unix: "http://localhost"
        }
    }

    /// A line for the shell that pushes one sample; nil where no push is taken.
    var example: String? {
        guard pushgateway.enabled, let prefix = pushgateway.routePrefixes.first else { return nil }
        var socket = ""
        if case .unix(let path) = address { socket = "--unix-socket '\(path.replacing("'", with: "'\\''"))' " }
        let path = "\(prefix == "/" ? "" : prefix)/metrics/job/some_job"
        return "echo 'some_metric 3.14' | curl \(socket)--data-binary @- '\(url)\(path)'"
    }

    /// A few lines for the terminal.
    var text: String {
        var lines = ["", "push-collector is ready at \(url)"]
        if let example { lines += ["Push a sample; what arrives is printed here:", "", "    \(example)"] }
        return lines.joined(separator: "\n") + "\n\n"
    }
}
