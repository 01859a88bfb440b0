import Foundation
import Settings
import Testing

@testable import CurlTransport

@Suite struct AWSRoleTests {
    private let environment = ["AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": "/token"]

    private func role(region: String?, _ more: [String: String] = [:]) -> AWSRole? {
        let all = environment.merging(more) { _, new in new }
        return AWSRole(region: region) { all[$0] }
    }

    @Test func `the environment of a workload has the role, its session and where to ask`() {
        #expect(role(region: "eu-west-1")?.url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(role(region: "cn-north-1")?.url == "https://sts.cn-north-1.amazonaws.com.cn/")
        #expect(role(region: nil)?.url == "https://sts.amazonaws.com/")
        #expect(role(region: "r", ["AWS_ENDPOINT_URL_STS": "http://h/"])?.url == "http://h/")
        #expect(role(region: "r", ["AWS_ROLE_SESSION_NAME": "s"])?.session == "s")
        #expect(AWSRole(region: "r", environment: { _ in nil }) == nil)
    }

    @Test func `a role is asked for only where there is no key`() {
        func aws(_ settings: SigV4, _ more: [String: String] = [:]) -> AWSRole? {
            let all = environment.merging(more) { _, new in new }
            return AWSAuthentication(settings, environment: { all[$0] }, clock: { 0 }).role(WatchedFiles([]))
        }
        var settings = SigV4()
        #expect(aws(settings)?.tokenFile == "/token")
        #expect(aws(settings, ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]) == nil)
        settings.profile = "p"
        #expect(aws(settings) == nil)
    }

    @Test func `the form says who asks for what`() throws {
        let body = try #require(role(region: "r")).body(token: "a.b+c")
        #expect(
            String(decoding: body, as: UTF8.self)
                == "Action=AssumeRoleWithWebIdentity&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fr"
                + "&RoleSessionName=push-collector&Version=2011-06-15&WebIdentityToken=a.b%2Bc")
    }

    @Test func `an answer holds a key and its end`() {
        let key = "{\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"s\",\"SessionToken\":\"t\",\"Expiration\":1.6E3}"
        let answer = { (text: String) in
            "{\"AssumeRoleWithWebIdentityResponse\":{\"AssumeRoleWithWebIdentityResult\":{\"Credentials\":\(text)}}}"
        }
        let credentials = AWSCredentials(accessKey: "A", secretKey: Secret("s"), sessionToken: Secret("t"))
        let expected = LimitedPass(pass: .key(credentials), lifetime: .seconds(600))
        #expect(AWSRole.pass(answer(key), time: 1_000_000) == expected)
        for end in ["1e300", "-1e300"] {
            let pass = AWSRole.pass(answer(key.replacing("1.6E3", with: end)), time: 1_000_000)
            #expect(pass?.lifetime == .seconds(end == "1e300" ? 1_000_000_000 : -1_000_000_000))
        }
        for text in ["", "{}", answer("{}"), "<xml/>"] { #expect(AWSRole.pass(text, time: 0) == nil) }
    }
}
