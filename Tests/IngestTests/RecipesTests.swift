import Delivery
import Foundation
import Settings
import SettingsFile
import Testing

@testable import Ingest

/// A recipe of the documentation, by the words in front of it, and what becomes of a push.
struct Recipe: Sendable, CustomTestStringConvertible {
    var words: String
    var body: String
    /// What each destination stores, in the order of the configuration.
    var lines: [[String]]

    var testDescription: String { words }

    static let all: [Recipe] = [
        Recipe(
            words: "keep_metrics", body: "build_seconds 1 5\nbackup_last_success 2 5\nother 3 5\n",
            lines: [[#"backup_last_success{job="j"} 2 5"#, #"build_seconds{job="j"} 1 5"#]]),
        Recipe(
            words: "drop_metrics", body: "go_goroutines 1 5\nprocess_open_fds 2 5\nmine 3 5\n",
            lines: [[#"mine{job="j"} 3 5"#]]),
        Recipe(
            words: "job_label", body: "a 1 5\n",
            lines: [[#"a{exported_job="j",job="integrations/push-gateway"} 1 5"#]]),
        Recipe(words: "measurement_name", body: "a 1 5\n", lines: [[#"a{job="j",measurement="prom_push"} 1 5"#]]),
        Recipe(words: "job_as_measurement", body: "a 1 5\n", lines: [[#"a{job="j",measurement="j"} 1 5"#]]),
        Recipe(
            words: "up to its first `_`", body: "datakit_http_requests 1 5\n_x_y 2 5\nup 3 5\n",
            lines: [
                [
                    #"http_requests{job="j",measurement="datakit"} 1 5"#, #"up{job="j",measurement="up"} 3 5"#,
                    #"y{job="j",measurement="x"} 2 5"#,
                ]
            ]),
        Recipe(
            words: "A name for each collector", body: "a{team=\"a\"} 1 5\nb 2 5\n",
            lines: [
                [
                    #"a{cluster="eu-1",collector="host-1",job="j",team="a"} 1 5"#,
                    #"b{cluster="eu-1",collector="host-1",job="j"} 2 5"#,
                ], [#"a{cluster="eu-1",collector="host-1",job="j"} 1 5"#],
            ]),
        Recipe(
            words: "Half of the series", body: "a{instance=\"a\"} 1 5\na{instance=\"c\"} 2 5\na{instance=\"e\"} 3 5\n",
            lines: [
                [#"a{instance="e",job="j"} 3 5"#], [#"a{instance="a",job="j"} 1 5"#, #"a{instance="c",job="j"} 2 5"#],
            ]),
    ]

    /// The recipe's configuration.
    func settings() throws -> Settings {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/configuration.md"), encoding: .utf8)
        let recipes = try #require(text.components(separatedBy: "#### Recipes").last)
        let rest = try #require(recipes.range(of: words)).upperBound
        let block = try #require(recipes[rest...].components(separatedBy: "```").dropFirst().first)
        let file = try SettingsFile(
            Array(block.dropFirst("yaml\n".count).utf8), name: "recipe", environment: ["HOSTNAME": "host-1"])
        #expect(file.problems(with: file.settings.contradictions) == [])
        return file.settings
    }
}

@Suite("The recipes of docs/configuration.md")
struct RecipesTests {
    @Test(arguments: Recipe.all)
    func `a recipe does what it says`(recipe: Recipe) throws {
        let read = try recipe.settings()
        for destination in recipe.lines.indices {
            // One destination at a time answers, so that it is known who stores what.
            let bench = Bench(far: FarSide(.asTold), names: recipe.lines.indices.map { "destination \($0)" }) {
                settings in
                settings.push.pushgateway.relabelRules = read.push.pushgateway.relabelRules
                settings.externalLabels = read.externalLabels
                for (index, other) in read.remoteWrite.enumerated() {
                    settings.remoteWrite[index].relabelRules = other.relabelRules
                }
            }
            _ = try EmbeddedConnection(bench).push(recipe.body)
            bench.far.answer(.status(204, message: "", retryAfter: nil), by: destination)
            #expect(bench.far.lines.sorted() == recipe.lines[destination])
        }
    }
}
