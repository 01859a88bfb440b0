import Foundation
import Testing

@testable import Status

@Suite("Colours that can be read (WCAG 2, 1.4.3)")
struct StatusStyleTests {
    /// The colours of a theme by name.
    private func colours(dark: Bool) -> [String: String] {
        let blocks = StatusStyle.text.matches(of: /:root\{([^}]*)\}/).map { String($0.1) }
        var colours: [String: String] = [:]
        for block in dark ? blocks : Array(blocks.prefix(1)) {
            for pair in block.matches(of: /--(\w+):#([0-9a-f]+)/) { colours[String(pair.1)] = String(pair.2) }
        }
        return colours
    }

    private func luminance(_ colour: String) -> Double {
        let digits = colour.count == 3 ? colour.flatMap { [$0, $0] } : Array(colour)
        let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
            let value = Double(Int(String(digits[index...(index + 1)]), radix: 16) ?? 0) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    @Test(arguments: [
        ("ink", "bg"), ("ink", "card"), ("soft", "bg"), ("soft", "card"), ("accent", "bg"), ("accent", "card"),
        ("accent", "tint"), ("notice", "card"), ("notice", "noticebg"), ("trouble", "card"), ("trouble", "troublebg"),
        ("ink", "tint"), ("ink", "noticebg"), ("ink", "troublebg"), ("soft", "tint"), ("soft", "noticebg"),
        ("soft", "troublebg"),
    ])
    func `text stands out from what it stands on`(text: String, ground: String) throws {
        for dark in [false, true] {
            let colours = colours(dark: dark)
            let (one, other) = (luminance(try #require(colours[text])), luminance(try #require(colours[ground])))
            let contrast = (max(one, other) + 0.05) / (min(one, other) + 0.05)
            #expect(contrast >= 4.5, "\(text) on \(ground), dark: \(dark): \(contrast)")
        }
    }

    @Test func `style and script end nowhere before their end`() {
        for text in [StatusStyle.text, StatusScript.text] { #expect(!text.contains("</") && !text.contains("<!--")) }
    }
}
