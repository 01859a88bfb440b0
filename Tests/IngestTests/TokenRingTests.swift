import Bytes
import Settings
import Testing

@testable import Ingest

@Suite struct TokenRingTests {
    private func ring(_ tokens: [(String, String?)]) throws -> TokenRing {
        let settings = tokens.map { text, jobs in
            var token = PushToken()
            (token.token, token.jobs) = (Secret(text), jobs)
            return token
        }
        return try TokenRing(settings, files: WatchedFiles())
    }

    @Test(
        arguments: [
            ("all", "backup-1", TokenRing.Judgement.allowed), ("all", nil, .allowed),
            ("some", "backup-1", .allowed), ("some", "backup-", .allowed), ("some", "xbackup-1", .otherJob),
            ("some", "backup", .otherJob), ("some", "web", .otherJob), ("some", nil, .otherJob),
            ("twice", "a", .allowed), ("twice", "b", .allowed), ("twice", "c", .otherJob),
            ("none", "backup-1", .unknown), ("", "backup-1", .unknown), ("al", nil, .unknown), ("alll", nil, .unknown),
        ] as [(String, String?, TokenRing.Judgement)])
    func `a token is good for everything, or for pushes of the jobs that its regex matches whole`(
        token: String, job: String?, judgement: TokenRing.Judgement
    ) throws {
        let ring = try ring([("all", nil), ("some", "backup-.*"), ("twice", "a"), ("twice", "b"), ("", nil)])
        #expect(ring.judge(Array(token.utf8), job: job.map { Array($0.utf8) }, isPush: job != nil) == judgement)
    }

    @Test func `a push whose path cannot be read is refused for that`() throws {
        let ring = try ring([("some", "a")])
        #expect(ring.judge(Array("some".utf8), job: nil, isPush: true) == .allowed)
        #expect(ring.judge(Array("none".utf8), job: nil, isPush: true) == .unknown)
    }

    @Test func `a file that holds nothing opens nothing`() throws {
        var token = PushToken()
        token.tokenFile = "/nowhere"
        let ring = try TokenRing([token], files: WatchedFiles())
        #expect(!ring.isEmpty)
        #expect(ring.judge([], job: nil, isPush: false) == .unknown)
    }
}
