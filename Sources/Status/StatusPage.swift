import Bytes
import Delivery
import Settings
import Telemetry

/// The page at `/`: one document without anything from elsewhere, below 60 KB whatever was pushed.
///
/// Its facts are there without JavaScript; with it the page fetches itself again and swaps `<main>`.
public enum StatusPage {
    /// What a browser may do with the page: apply this style, run this script, fetch from here; nothing else.
    public static let policy: String = {
        let hash = { (text: String) in "'sha256-\(Base64.encode(SHA256.hash(Array(text.utf8))))'" }
        return "default-src 'none'; style-src \(hash(StatusStyle.text)); script-src \(hash(StatusScript.text)); "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    }()

    /// The document.
    public static func text(_ facts: StatusFacts) -> String {
        let verdict = Verdict(facts)
        var page = ""
        page.reserveCapacity(48 << 10)
        page += """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(symbol(verdict.level)) \(HTML.text(verdict.title, limit: 200)) - Push Collector</title>
            <style>\(StatusStyle.text)</style>
            </head>
            <body>
            <a class="skip" href="#main">Skip to the facts</a>
            \(shapes)
            <header><h1>Push Collector</h1><p class="soft">\(HTML.text(facts.build.version, limit: 40))</p>
            <p class="refresh"><span id="age" class="soft">Reload the page to refresh it.</span>
            <button id="pause" type="button" aria-pressed="false" hidden>Pause</button></p></header>
            <p id="news" class="unseen" role="status" aria-live="polite"></p>
            <main id="main" tabindex="-1" data-state="\(HTML.text(verdict.title, limit: 200))">

            """
        page += StatusPage.verdict(verdict, facts)
        page += traffic(facts) + destinations(facts) + losses(facts)
        page += pushgateways(facts) + probes(facts) + refusals(facts) + pushes(facts)
        page +=
            configuration(facts) + "</main>\n" + footer + "<script>\(StatusScript.text)</script>\n</body>\n</html>\n"
        return page
    }

    private static func symbol(_ level: Verdict.Level) -> String {
        switch level {
        case .well: "\u{2713}"
        case .notice: "!"
        case .trouble: "\u{2717}"
        }
    }

    private static func verdict(_ verdict: Verdict, _ facts: StatusFacts) -> String {
        let address = facts.settings.listenAddress.map(\.description).joined(separator: ", ")
        let prefix = facts.settings.push.pushgateway.routePrefixes.first ?? "/"
        let example = "echo 'some_metric 42' | curl --data-binary @- http://HOST:PORT"
        let path = (prefix == "/" ? "" : prefix) + "/metrics/job/some_job"
        let hint =
            facts.pushes.all == 0 && verdict.level == .well
            ? "<p><code>\(HTML.text(example + path, limit: 300))</code></p>" : ""
        let uptime = Words.duration(seconds: Int((facts.now - facts.started) / 1_000))
        return """
            <section class="verdict \(verdict.level.rawValue)" aria-labelledby="verdict">
            \(shape(verdict.level.rawValue))
            <div><h2 id="verdict">\(HTML.text(verdict.title, limit: 200))</h2>
            <p>\(HTML.text(verdict.text, limit: 600))</p>\(hint)
            <p class="soft">Up for \(uptime), listening on \(HTML.text(address, limit: 120)). \
            As of <time datetime="\(CivilTime.rfc3339(milliseconds: facts.now))">\(Words.time(facts.now))</time> UTC.</p></div>
            </section>

            """
    }

    /// One of `shapes`.
    static func shape(_ name: String) -> String {
        "<svg class=\"shape \(name)\" aria-hidden=\"true\"><use href=\"#\(name)\"/></svg>"
    }

    /// What states look like: a check in a disc, a triangle, an octagon with a cross, a ring.
    private static let shapes = """
        <svg class="unseen" aria-hidden="true"><defs>
        <symbol id="well" viewBox="0 0 16 16"><path d="M8 0a8 8 0 1 1 0 16A8 8 0 0 1 8 0ZM4.6 7.2 3.4 8.5 7 12l5.8-6.6\
        -1.4-1.1L7 9.5Z"/></symbol>
        <symbol id="notice" viewBox="0 0 16 16"><path d="M8 .6 16 15H0ZM7.1 5.4v4.7h1.8V5.4Zm0 5.8V13h1.8v-1.8Z"/></symbol>
        <symbol id="trouble" viewBox="0 0 16 16"><path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7ZM5.6 4.3 4.3 5.6 6.7 8\
        l-2.4 2.4 1.3 1.3L8 9.3l2.4 2.4 1.3-1.3L9.3 8l2.4-2.4-1.3-1.3L8 6.7Z"/></symbol>
        <symbol id="idle" viewBox="0 0 16 16"><path d="M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 2a5 5 0 1 0 0 10A5 5 0 0 0 8 3Z"/></symbol>
        </defs></svg>
        """

    private static let footer = """
        <footer><nav aria-label="The same for programs"><a href="/metrics">Metrics</a> <a href="/api/v1/status">The same as JSON\
        </a> <a href="/-/ready">Readiness</a></nav><p class="soft">All times are UTC. Counts are since the start.</p></footer>

        """
}
