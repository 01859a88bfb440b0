/// The OpenMetrics parser of Prometheus, written down once more as slowly and as plainly as its lexer's rules
/// (`model/textparse/openmetricslex.l`), with what we refuse besides.
///
/// It only says whether it refuses a body. Families it finds by what the whole body says; where TYPE calls one first
/// this and then that, it says `isAmbiguous` and nothing but the refusal counts.
struct ScrapeParser {
    struct Refusal: Error {}

    struct Sample {
        var name: String
        var labels: [(String, String)]
        var value = 0.0
        var timestamp: Int64?
        var exemplar = ""
    }

    let body: [UInt8]
    var at = 0
    private(set) var isAmbiguous = false
    private var samples: [Sample] = []
    private var families: [String] = []
    private var types: [String: String] = [:]
    private var helps: [String: String] = [:]
    private var units: [String: String] = [:]

    init(_ body: [UInt8]) { self.body = body }

    /// Reads the body; the refusal is empty if there is one.
    mutating func read() -> Reading {
        do {
            while try !readEOF() {
                if body[at...].first == UInt8(ascii: "#") { try readComment() } else { try readSample() }
            }
        } catch {
            return Reading(refusal: "")
        }
        var reading = Reading()
        reading.samples = samples.map { sample in
            Reading.line(sample.name, sample.labels, sample.value, sample.timestamp) + sample.exemplar + details(sample)
        }
        let kinds = ["gaugehistogram": "gaugeHistogram"]
        reading.types = families.map { "\($0) \(kinds[types[$0] ?? ""] ?? types[$0] ?? "unknown")" }
        reading.texts = families.flatMap { name in
            let texts = [("HELP", helps[name] ?? ""), ("UNIT", units[name] ?? "")]
            return texts.filter { !$0.1.isEmpty }.map { "\($0.0) \(name) \($0.1)" }
        }
        return reading
    }

    private mutating func readEOF() throws(Refusal) -> Bool {
        guard take("# EOF") else { return false }
        _ = take("\n")
        guard at == body.count else { throw Refusal() }
        return true
    }

    private mutating func readComment() throws(Refusal) {
        guard let keyword = ["HELP", "TYPE", "UNIT"].first(where: { take("# \($0) ") }) else { throw Refusal() }
        let start = at
        let name = isNext("\"") ? try readQuoted(hasLines: true, hasNulls: false) : try readName(colons: true)
        let written = try text(Array(body[start] == UInt8(ascii: "\"") ? body[start + 1..<at - 1] : body[start..<at]))
        try expect(" ")
        let bytes = readUntil("\n")
        try expect("\n")
        if !families.contains(name) { families.append(name) }
        switch keyword {
        case "HELP": helps[name] = unescaped(try text(bytes))
        case "UNIT":
            let unit = try text(bytes)
            guard unit.isEmpty || written.utf8.count > bytes.count && written.hasSuffix("_" + unit) else {
                throw Refusal()
            }
            units[name] = unit
        default:
            let kinds = [
                "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset", "unknown",
            ]
            guard kinds.contains(try text(bytes)) else { throw Refusal() }
            if let before = types[name], try before != text(bytes) { isAmbiguous = true }
            types[name] = try text(bytes)
        }
    }

    private mutating func readSample() throws(Refusal) {
        var sample = Sample(name: "", labels: [])
        if !isNext("{") { sample.name = try readName(colons: true) }
        if take("{") { try readLabels(of: &sample) }
        guard !sample.name.isEmpty else { throw Refusal() }
        try expect(" ")
        sample.value = try readNumber()
        if isNext(" "), !isNext(" # {") { sample.timestamp = try readTime() }
        if take(" # {") { sample.exemplar = try readExemplar() }
        try expect("\n")
        samples.append(sample)
    }

    private mutating func readLabels(of sample: inout Sample) throws(Refusal) {
        while !take("}") {
            let isQuoted = isNext("\"")
            let name = isQuoted ? try readQuoted(hasLines: true, hasNulls: false) : try readName(colons: false)
            guard !name.isEmpty else { throw Refusal() }
            if isQuoted, !isNext("=") {
                guard sample.name.isEmpty else { throw Refusal() }
                sample.name = name
            } else {
                try expect("=")
                guard name != "__name__", !sample.labels.contains(where: { $0.0 == name }) else { throw Refusal() }
                sample.labels.append((name, try readQuoted(hasLines: false, hasNulls: true)))
            }
            guard take(",") || isNext("}") else { throw Refusal() }
        }
    }

    private mutating func readExemplar() throws(Refusal) -> String {
        var labels: [(String, String)] = []
        while !take("}") {
            let name =
                isNext("\"") ? try readQuoted(hasLines: false, hasNulls: false) : try readName(colons: false)
            try expect("=")
            guard !name.isEmpty, !labels.contains(where: { $0.0 == name }) else { throw Refusal() }
            labels.append((name, try readQuoted(hasLines: false, hasNulls: false)))
            guard take(",") || isNext("}") else { throw Refusal() }
        }
        try expect(" ")
        let value = try readNumber()
        let time = isNext(" ") ? try readTime() : nil
        labels.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
        return " # " + Reading.line("", labels.filter { !$0.1.isEmpty }, value, time)
    }
}

extension ScrapeParser {
    /// The family of a sample, and the name without it.
    private func family(of name: String) -> (name: String, suffix: String) {
        let suffixes = [
            "counter": ["_total", "_created"], "summary": ["_count", "_sum", "_created"],
            "histogram": ["_bucket", "_count", "_sum", "_created"],
        ]
        if families.contains(name) { return (name, "") }
        for family in families {
            for suffix in suffixes[types[family] ?? ""] ?? [] where name == family + suffix { return (family, suffix) }
        }
        return (name, "")
    }

    /// What tells siblings from others.
    private func siblings(_ sample: Sample) -> String {
        let family = family(of: sample.name).name
        let bound = ["summary": "quantile", "histogram": "le"][types[family] ?? ""]
        let labels = sample.labels.filter { $0.0 != bound && !$0.1.isEmpty }.map { "\($0.0.debugDescription)\($0.1)" }
        return "\(family) \(labels.sorted())"
    }

    private func details(_ sample: Sample) -> String {
        let (family, suffix) = family(of: sample.name)
        guard ["counter", "summary", "histogram"].contains(types[family] ?? "") else { return "" }
        if suffix == "_created" { return " created" }
        let first = samples.first { other in
            self.family(of: other.name).suffix == "_created" && siblings(other) == siblings(sample)
                && milliseconds(other.value).map { $0 > 0 } == true
        }
        return first.flatMap { milliseconds($0.value) }.map { " from \($0)" } ?? ""
    }

    func milliseconds(_ seconds: Double) -> Int64? { Int64(exactly: (seconds * 1000).rounded(.towardZero)) }
}
