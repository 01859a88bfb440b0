import Bytes
import Delivery
import Foundation
import Settings
import Testing

@testable import Status

@Suite("The status page")
struct StatusPageTests {
    private static let nasty = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus=alert(1) autofocus='",
        "</main></style>",
        "\u{2028}\u{2029}\u{202E}\u{0}\u{1B}[2J", "&amp;&lt;", String(repeating: "\"", count: 100_000),
        String(repeating: "日本", count: 10_000), "", "javascript:alert(1)", "]]><!--",
    ]

    /// A tag of a page.
    private struct Tag {
        var name: String
        var isClosing: Bool
        var isEmpty: Bool
        /// Whether quotes stand around values only.
        var isWhole: Bool
    }

    private static let known: Set = [
        "a", "article", "bdi", "blockquote", "body", "button", "caption", "code", "dd", "defs", "details", "div", "dl",
        "dt",
        "figcaption", "figure", "footer", "h1", "h2", "h3", "head", "header", "html", "main", "meta", "nav", "p",
        "path",
        "pre", "rect", "section", "small", "span", "strong", "summary", "svg", "symbol", "table", "tbody", "td", "th",
        "thead", "time", "title", "tr", "use",
    ]

    /// What stands between `<` and `>`, by hand, for regular expressions take their time.
    private static func tags(of page: some StringProtocol) -> [Tag] {
        Array(page.utf8).split(separator: UInt8(ascii: "<")).dropFirst().compactMap { piece in
            let text = String(decoding: piece.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
            guard text.first != "!" else { return nil }
            let isClosing = text.hasPrefix("/")
            let name = text.drop { $0 == "/" }.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
            // Of an odd number of parts every second one is a value, and what stands before it ends in `=`.
            let heads = parts.enumerated().filter { $0.offset % 2 == 0 }.map(\.element).dropLast()
            return Tag(
                name: String(name), isClosing: isClosing, isEmpty: text.hasSuffix("/"),
                isWhole: parts.count % 2 == 1 && heads.allSatisfy { $0.hasSuffix("=") })
        }
    }

    /// The page without what is ours whatever was pushed: style, script and shapes.
    private func facts(_ page: String) -> Substring {
        let start = page.range(of: "<main")?.lowerBound ?? page.startIndex
        let end = page.range(of: "</main>", options: .backwards)?.lowerBound ?? page.endIndex
        return page[start..<end]
    }

    @Test(arguments: nasty.indices)
    func `pushed text is text, and the page stays below 60 KB`(number: Int) {
        let text = Self.nasty[number]
        let page = StatusPage.text(.full(text))
        #expect(page.utf8.count < 60_000, "\(page.utf8.count)")
        let facts = facts(page)
        for tag in ["<script", "<img", "<style", "</main", "<!--", "javascript:\""] {
            let isThere = facts.contains(tag)
            #expect(!isThere, "\(tag)")
        }
        let odd = Self.tags(of: facts).filter { !Self.known.contains($0.name) || !$0.isWhole }
        #expect(odd.isEmpty, "\(odd.prefix(3))")
        let isClean = page.unicodeScalars.allSatisfy {
            ($0.value >= 0x20 || $0 == "\n") && $0 != "\u{2028}" && $0 != "\u{202E}"
        }
        #expect(isClean)
    }

    @Test func `what opens is closed, in its order`() {
        var open: [String] = []
        let empty: Set = ["meta", "path", "rect", "use"]
        let page = StatusPage.text(.full("x")).replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "")
            .replacing(/<script>.*?<\/script>/.dotMatchesNewlines(), with: "")
        for tag in Self.tags(of: page) {
            if tag.isClosing {
                #expect(open.popLast() == tag.name)
            } else if !empty.contains(tag.name), !tag.isEmpty {
                open.append(tag.name)
            }
        }
        #expect(open == [])
    }

    @Test func `no name is there twice, and each one that is referred to is there`() {
        let page = StatusPage.text(.full("x"))
        let names = page.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        #expect(Set(names).count == names.count)
        let referred = page.matches(of: /(?:labelledby="|href="#)([^"]*)"/).map { String($0.1) }
        #expect(Set(referred).subtracting(names) == [])
    }

    @Test func `a screen reader finds landmarks, headings, captions and heads of columns`() {
        let page = StatusPage.text(.full("x"))
        for part in [
            "<html lang=\"en\">", "<header>", "<main ", "<footer>", "<nav aria-label=", "aria-live=\"polite\"",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(page.matches(of: /<h1>/).count == 1)
        let tables = page.matches(of: /<table/).count
        #expect(tables == 5)
        #expect(page.matches(of: /<caption>/).count == tables)
        #expect(!page.contains("<th>"))
        #expect(page.matches(of: /<svg class="chart"[^>]*role="img" aria-label="[^"]+"/).count == 4)
    }

    @Test func `the policy allows this style and this script, and nothing else`() {
        let page = StatusPage.text(.usual())
        for tag in ["style", "script"] {
            let start = page.range(of: "<\(tag)>")?.upperBound ?? page.endIndex
            let end = page.range(of: "</\(tag)>")?.lowerBound ?? page.endIndex
            let hash = Base64.encode(SHA256.hash(Array(page[start..<end].utf8)))
            #expect(StatusPage.policy.contains("\(tag)-src 'sha256-\(hash)'"))
        }
        #expect(StatusPage.policy.hasPrefix("default-src 'none'; "))
        #expect(
            StatusPage.policy.hasSuffix(
                "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
        #expect(!page.contains(" style=\""))
        #expect(page.matches(of: /\ on[a-z]+="/).isEmpty)
    }

    @Test func `a state is a word and a shape`() {
        var failing = DestinationStatus.named("mimir")
        (failing.state, failing.isFailing) = (.backingOff, true)
        failing.why = "answered 503, since 2026-08-21T11:59:00Z"
        failing.lastTrouble = .init(time: 1_787_313_599_000, words: "answered 503: too <busy>")
        failing.queue.oldest = 1_787_313_540_000
        failing.queue.bytes = 1 << 19
        let page = StatusPage.text(.usual(.named("other"), failing))
        #expect(page.contains("<title>\u{2717} mimir stores nothing - Push Collector</title>"))
        #expect(page.contains("<use href=\"#trouble\"/></svg><strong>Backing off</strong>"))
        #expect(page.contains("<use href=\"#well\"/></svg><strong>Delivering</strong>"))
        for words in ["for 1 min<", "512 KiB of 1 MiB", "Last error, 11:59:59", "too &lt;busy&gt;", "remote write 1.0"]
        {
            #expect(page.contains(words), "\(words)")
        }
        let (first, second) = (page.range(of: "<bdi>mimir"), page.range(of: "<bdi>other"))
        #expect(
            (first?.lowerBound ?? page.endIndex) < (second?.lowerBound ?? page.startIndex), "what is wrong comes first")
    }

    @Test func `one that leaves says so, and how much it still holds`() {
        var leaving = DestinationStatus.named("old")
        (leaving.isLeaving, leaving.isRequired, leaving.queue.samples) = (true, false, 1)
        let page = StatusPage.text(.usual(leaving))
        #expect(page.contains("<bdi>old</bdi> <small>leaving: 1 sample still to deliver</small>"))
        #expect(!page.contains("not required"))
        #expect(page.contains("<title>\u{2713} All is well"))
    }

    @Test func `an author finds the push that was refused, and why`() {
        var facts = StatusFacts.usual(.named("mimir"))
        var push = PushFacts(time: facts.now, peer: "192.0.2.1:5", path: "/metrics/job/nightly", status: 400)
        (push.job, push.reason) = ("nightly", "text format parsing error in line 3: expected a value")
        facts.refused = [push]
        let page = StatusPage.text(facts)
        let row = /<th scope="row"><bdi>nightly<\/bdi><\/th>.*400.*line 3: expected a value.*192\.0\.2\.1:5/
        #expect(page.firstMatch(of: row) != nil)
        #expect(!StatusPage.text(.usual()).contains("<table"))
    }

    @Test func `without a push there is one to try`() {
        var facts = StatusFacts.usual(.named("mimir"))
        facts.pushes.all = 0
        #expect(StatusPage.text(facts).contains("http://HOST:PORT/pushgateway/metrics/job/some_job</code>"))
    }
}
