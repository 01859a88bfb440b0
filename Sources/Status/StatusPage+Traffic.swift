import Delivery
import Telemetry

// The charts.
extension StatusPage {
    /// How many steps the number above a chart is of: the last minute.
    private static let lastMinute = 60 / Traffic.stepSeconds

    static func traffic(_ facts: StatusFacts) -> String {
        let steps = facts.traffic
        let recent = steps.suffix(lastMinute)
        let pushes = recent.reduce(0) { $0 + $1.pushes }
        let mean = pushes > 0 ? recent.reduce(0) { $0 + $1.nanoseconds } / pushes : 0
        let peakLatency = Words.duration(nanoseconds: steps.map(\.slowest).max() ?? 0)
        let figures = [
            rate("Pushes", steps.map(\.pushes), of: recent.map(\.pushes)),
            rate("Samples", steps.map(\.samples), of: recent.map(\.samples)),
            refusalFigure(facts),
            figure(
                "Time to answer", pushes > 0 ? Words.duration(nanoseconds: mean) : "-",
                "at most \(peakLatency)",
                Chart(
                    lines: [steps.map { $0.mean / 1_000 }, steps.map { $0.slowest / 1_000 }],
                    label: "Mean and slowest time to answer in ten minutes, at most \(peakLatency)")),
        ]
        return """
            <section aria-labelledby="traffic"><h2 id="traffic">Traffic</h2>
            <p class="soft">Numbers are of the last minute where they do not say otherwise, lines of the last ten.</p>
            <div class="figures">\(figures.joined(separator: "\n"))</div></section>

            """
    }

    private static func rate(_ name: String, _ all: [Int], of recent: [Int]) -> String {
        let sum = recent.reduce(0, +)
        let tenths = sum * 10 / max(1, recent.count * Traffic.stepSeconds)
        let peak = "at most \(Words.tenths((all.max() ?? 0) * 10 / Traffic.stepSeconds)) a second"
        return figure(
            name, "\(Words.tenths(tenths))<small> a second</small>", peak,
            Chart(lines: [all], label: "\(name) in ten minutes, \(peak)"))
    }

    private static func refusalFigure(_ facts: StatusFacts) -> String {
        let (pushes, refusals) = facts.recent
        let part =
            pushes > 0
            ? "\(Words.tenths(refusals * 1_000 / pushes)) % of \(Words.count(pushes, "push", "pushes"))" : "no push"
        return figure(
            "Refusals", "\(Words.grouped(refusals))<small> in ten minutes</small>", part,
            Chart(lines: [facts.traffic.map(\.refusals)], label: "Refusals in ten minutes, \(part)"))
    }

    private static func figure(_ name: String, _ number: String, _ note: String, _ chart: Chart) -> String {
        """
        <figure><figcaption><span class="name">\(name)</span> <span class="number">\(number)</span> \
        <span class="soft">\(note)</span></figcaption>\(chart.svg)</figure>
        """
    }
}
