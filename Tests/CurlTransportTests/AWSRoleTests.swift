import Bytes
import Foundation
import Settings
import Testing

@testable import CurlTransport

@Suite struct AWSRoleTests {
    private let environment = ["AWS_ROLE_ARN": "arn:aws:iam::1:role/r", "AWS_WEB_IDENTITY_TOKEN_FILE": "/token"]

    private func service(region: String?, isFIPS: Bool = false, _ more: [String: String] = [:]) -> AWSRole.Service {
        AWSRole.Service(region: region, isFIPS: isFIPS) { more[$0] }
    }

    private func roles(_ settings: SigV4, _ environment: [String: String]) -> [AWSRole] {
        AWSAuthentication(settings, environment: { environment[$0] }, clock: { 1_440_938_160_000 })
            .roles(WatchedFiles([]))
    }

    @Test func `the environment says where to ask and under which name`() {
        #expect(service(region: "eu-west-1").url == "https://sts.eu-west-1.amazonaws.com/")
        #expect(service(region: "us-east-1", isFIPS: true).url == "https://sts-fips.us-east-1.amazonaws.com/")
        #expect(service(region: "cn-north-1").url == "https://sts.cn-north-1.amazonaws.com.cn/")
        #expect(service(region: nil).url == "https://sts.amazonaws.com/")
        #expect(service(region: "r", ["AWS_ENDPOINT_URL_STS": "http://h/"]).url == "http://h/")
        #expect(service(region: "r").session == "push-collector")
        #expect(service(region: "r", ["AWS_ROLE_SESSION_NAME": "s"]).session == "s")
    }

    @Test func `a workload's role is taken on only where there is no key, and another with either`() {
        let key = ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"]
        var settings = SigV4()
        #expect(roles(settings, [:]).isEmpty)
        #expect(roles(settings, environment).map(\.files) == [["/token"]])
        #expect(roles(settings, environment.merging(key) { $1 }).isEmpty)
        settings.roleARN = "arn:other"
        #expect(roles(settings, environment).map(\.name) == ["arn:aws:iam::1:role/r", "arn:other"])
        #expect(roles(settings, environment.merging(key) { $1 }).map(\.name) == ["arn:other"])
        settings.profile = "p"
        #expect(roles(settings, environment).map(\.name) == ["arn:other"])
    }

    @Test func `the form says who asks for what`() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUID().uuidString)").path
        try "a.b+c".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let place = service(region: "r")
        let role = AWSRole(name: "arn:a/r", session: place.session, url: place.url, proof: .identity(file: file))
        let request = try role.request(WatchedFiles([file]), key: nil)
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "RoleArn=arn%3Aa%2Fr&RoleSessionName=push-collector&Version=2011-06-15"
                + "&Action=AssumeRoleWithWebIdentity&WebIdentityToken=a.b%2Bc")
        #expect(!request.lines.contains { $0.hasPrefix("Authorization") })
    }

    @Test func `who has a key signs the form, for the service that gives keys`() throws {
        var settings = SigV4()
        (settings.region, settings.accessKey, settings.secretKey) = ("eu-west-1", "AKID", Secret("s"))
        (settings.roleARN, settings.externalID) = ("arn:r", "x y")
        let role = try #require(roles(settings, [:]).first)
        let later = AWSCredentials(accessKey: "LATER", secretKey: Secret("s"), sessionToken: Secret("t"))
        for (key, name) in [(nil, "AKID"), (later, "LATER")] {
            let request = try role.request(WatchedFiles([]), key: key)
            #expect(
                String(decoding: request.body, as: UTF8.self)
                    == "RoleArn=arn%3Ar&RoleSessionName=push-collector&Version=2011-06-15&Action=AssumeRole&ExternalId=x%20y"
            )
            let scope = "Credential=\(name)/20150830/eu-west-1/sts/aws4_request"
            #expect(request.lines.contains { $0.contains(scope) }, "\(request.lines)")
            #expect(request.lines.contains("X-Amz-Security-Token: t") == (key != nil))
        }
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
        let signed = "{\"AssumeRoleResponse\":{\"AssumeRoleResult\":{\"Credentials\":\(key)}}}"
        #expect(AWSRole.pass(signed, time: 1_000_000) == expected)
        for text in ["", "{}", answer("{}"), "<xml/>"] { #expect(AWSRole.pass(text, time: 0) == nil) }
    }
}
