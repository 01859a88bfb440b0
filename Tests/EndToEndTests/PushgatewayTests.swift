import Fixtures
import Foundation
import Testing

@Suite("Beside Debian's Pushgateway (R1, R2, R4, R5, R7, G1–G9, B1–B6, B8, B11)", .serialized)
struct PushgatewayTests {
    @Test func `each request of the table is answered and stored as the table says, there and here`() async throws {
        let sides = try await SideBySide(on: Stage())
        for outcome in try await sides.run(PushgatewayTable.rows) {
            checkAnswers(outcome)
            checkForm(outcome)
            checkStored(outcome)
            checkPushTimes(outcome)
        }
    }

    @Test func `no two rows have the same name`() {
        let names = PushgatewayTable.rows.map(\.what)
        #expect(Set(names).count == names.count)
    }

    @Test func `every difference is seen, by a row or in every push`() {
        let seen = Set(PushgatewayTable.rows.compactMap(\.difference)).union(Difference.ofEveryPush)
        #expect(seen == Set(Difference.allCases))
    }

    @Test func `docs/migrating.md has a row for every difference, and no others`() throws {
        let page = try String(contentsOf: Fixtures.root.appending(path: "docs/migrating.md"), encoding: .utf8)
        let table = page.split(separator: "## Every difference").last?.split(separator: "\n## ").first ?? ""
        let rows = table.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        #expect(rows.map { $0[1] }.sorted() == Difference.allCases.map(\.rawValue).sorted())
        for row in rows { #expect(row.count == 6 && !row.dropFirst().dropLast().contains(""), "\(row)") }
    }

    /// The statuses, and whether a refusal has the same text; ours may add a hint behind a semicolon.
    private func checkAnswers(_ outcome: SideBySide.Outcome) {
        let (row, theirs, ours) = (outcome.row, outcome.theirs, outcome.ours)
        #expect(theirs.status == row.statuses.theirs, "\(row.what): the Pushgateway says \(theirs.body)")
        #expect(ours.status == row.statuses.ours, "\(row.what): we say \(ours.body)")
        let isSameText = ours.firstLine == theirs.firstLine || ours.firstLine.hasPrefix(theirs.firstLine + "; ")
        switch row.expectation {
        case .same: #expect(isSameText, "\(row.what): \(theirs.firstLine) | \(ours.firstLine)")
        case .ownWords: #expect(!isSameText, "\(row.what) is worded the same: \(ours.firstLine)")
        case .answers, .stores, .spoilsThePage: break
        }
    }

    /// The form of our answers (R7), and never a redirect (R5).
    private func checkForm(_ outcome: SideBySide.Outcome) {
        let (row, ours) = (outcome.row, outcome.ours)
        #expect(![201, 204].contains(ours.status) && !(300..<400).contains(ours.status), "\(row.what)")
        guard ours.status >= 400 else {
            #expect(ours.body == "" && ours.header("Content-Length") == "0", "\(row.what)")
            return
        }
        #expect(ours.header("Content-Type") == "text/plain; charset=utf-8", "\(row.what)")
        #expect(ours.header("X-Content-Type-Options") == "nosniff", "\(row.what)")
        let isBodiless = row.request.method == "HEAD"
        #expect(isBodiless == ours.body.isEmpty && ours.body.utf8.count <= 1_024, "\(row.what): \(ours.body)")
    }

    /// What is stored there and here; a refused push stores nothing.
    private func checkStored(_ outcome: SideBySide.Outcome) {
        let (row, received) = (outcome.row, outcome.received.samples)
        let kept = Stored(page: outcome.page.body).samples
        #expect((outcome.page.status == 500) == (row.difference == .spoiltPage), "\(row.what): \(outcome.page)")
        switch row.expectation {
        case .same(200): #expect(received == kept, "\(row.what)")
        case .same, .ownWords: #expect(received == [], "\(row.what)")
        case .answers(_, _, _, let ours), .spoilsThePage(_, _, let ours):
            #expect(received == ours.sorted(), "\(row.what)")
        case .stores(_, let theirs, let ours):
            #expect(theirs.sorted() != ours.sorted(), "\(row.what)")
            #expect(kept == theirs.sorted(), "\(row.what): theirs")
            #expect(received == ours.sorted(), "\(row.what): ours")
        }
    }

    /// What differs in every push: the empty `instance`, the time of the push, and that of the last failure.
    private func checkPushTimes(_ outcome: SideBySide.Outcome) {
        let (row, received) = (outcome.row, outcome.received)
        guard ["POST", "PUT"].contains(row.request.method), row.before.isEmpty else { return }
        #expect(received.pushTimes.count == (outcome.ours.status == 200 ? 1 : 0), "\(row.what)")
        guard case .same(200) = row.expectation else { return }
        let kept = Stored(page: outcome.page.body)
        #expect(kept.pushTimes.keys == received.pushTimes.keys, "\(row.what)")
        #expect(kept.failureTimes.values.elementsEqual([0]), "\(row.what)")
        #expect(outcome.page.body.contains(/\npush_time_seconds\{.*instance="/), "\(row.what)")
        for (theirs, ours) in zip(kept.pushTimes.values, received.pushTimes.values) {
            #expect(abs(theirs - ours) < 60, "\(row.what)")
        }
    }
}
