import Bytes
import Settings
import Testing

@testable import CurlTransport

@Suite struct AWSAuthenticationTests {
    @Test(arguments: [
        (0, "19700101T000000Z"), (1_440_938_160_000, "20150830T123600Z"), (1_709_251_199_999, "20240229T235959Z"),
    ])
    func `a time is written as AWS writes it`(milliseconds: Int64, text: String) {
        #expect(AWSAuthentication.text(of: milliseconds) == text)
    }

    @Test func `what is not sent is not signed`() throws {
        var settings = SigV4()
        (settings.region, settings.accessKey, settings.secretKey) = ("r", "A", Secret("a"))
        let aws = AWSAuthentication(settings, environment: { _ in nil }, clock: { 0 })
        let target = try #require(Target(url: "https://h:443/p?q=1", serverName: nil))
        let request = SignedRequest(target: target, lines: ["Content-Type: t", "Expect:", "X-Empty;"], body: [])
        let lines = try aws.lines(request, key: nil, WatchedFiles([]))
        #expect(lines.contains { $0.contains("Credential=A/19700101/r/aps/aws4_request") })
        #expect(lines.contains { $0.contains("SignedHeaders=content-type;host;x-amz-date, ") })
        #expect(lines.contains("Host: h"))
        let fetched = AWSCredentials(accessKey: "B", secretKey: Secret("b"), sessionToken: Secret("s"))
        let others = try aws.lines(request, key: fetched, WatchedFiles([]))
        #expect(others.contains { $0.contains("Credential=B/") } && others.contains("X-Amz-Security-Token: s"))
    }
}
