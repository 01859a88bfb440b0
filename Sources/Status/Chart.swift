import Telemetry

/// A line over the last minutes, as SVG that a server can write.
struct Chart {
    /// The width and height of its coordinates; the page stretches it.
    private static let height = 48

    /// Each an own line over the same scale: the first one is filled.
    var lines: [[Int]]
    /// What it says, for whoever does not see it.
    var label: String

    /// The largest value, at least 1.
    private var peak: Int { max(1, lines.joined().max() ?? 1) }

    /// The drawing.
    var svg: String {
        let width = 2 * max(1, (lines.first?.count ?? 1) - 1)
        var text =
            "<svg class=\"chart\" viewBox=\"0 0 \(width) \(Self.height)\" preserveAspectRatio=\"none\" role=\"img\" "
            + "aria-label=\"\(HTML.text(label, limit: 200))\">"
        for (index, line) in lines.enumerated() {
            let points = points(line)
            // What is filled is closed out of sight.
            let floor = Self.height + 8
            text +=
                index == 0
                ? "<path class=\"area\" d=\"M-8 \(floor)L\(points)L\(width + 8) \(floor)Z\"/>"
                : "<path class=\"more\" d=\"M\(points)\"/>"
        }
        return text + "</svg>"
    }

    /// The points of a line; of a flat stretch its two ends.
    private func points(_ line: [Int]) -> String {
        let peak = peak
        let heights = line.map { Self.height - 1 - $0 * (Self.height - 4) / peak }
        var points: [String] = []
        for (index, height) in heights.enumerated() {
            let isFlat =
                index > 0 && index + 1 < heights.count && heights[index - 1] == height && heights[index + 1] == height
            if !isFlat { points.append("\(2 * index) \(height)") }
        }
        return points.joined(separator: "L")
    }
}
