import Bytes
import Foundation
import Settings
import Testing

@testable import CurlTransport

@Suite("AWSSources: where keys are looked for")
struct AWSCredentialsTests {
    private let home = FileManager.default.temporaryDirectory.appending(path: "aws-\(UUID().uuidString)")

    private func sources(
        _ change: (inout SigV4) -> Void = { _ in }, environment: [String: String] = [:]
    ) -> (sources: AWSSources, files: WatchedFiles) {
        var settings = SigV4()
        change(&settings)
        var environment = environment
        environment["HOME"] = environment["HOME"] ?? home.path
        let all = environment
        let sources = AWSSources(settings) { all[$0] }
        return (sources, WatchedFiles(sources.files))
    }

    private func credentials(
        _ change: (inout SigV4) -> Void = { _ in }, environment: [String: String] = [:]
    ) throws -> AWSCredentials {
        let (sources, files) = sources(change, environment: environment)
        return try sources.credentials(files)
    }

    private func region(_ change: (inout SigV4) -> Void = { _ in }, environment: [String: String] = [:]) throws
        -> String
    {
        let (sources, files) = sources(change, environment: environment)
        return try sources.region(files)
    }

    private func write(_ text: String, to name: String) throws {
        let folder = home.appending(path: ".aws")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    @Test func `the settings come first, then a profile that they name, the environment, the default profile`() throws {
        try write(
            """
            # mine
            [default]
            aws_access_key_id = D
            aws_secret_access_key=d
            [other]
              aws_access_key_id  =  O
              aws_secret_access_key = o=o
              aws_session_token = t
            """, to: "credentials")
        let environment = ["AWS_ACCESS_KEY_ID": "E", "AWS_SECRET_ACCESS_KEY": "e", "AWS_SESSION_TOKEN": "s"]
        let given = try credentials({ ($0.accessKey, $0.secretKey) = ("A", Secret("a")) }, environment: environment)
        #expect(given == AWSCredentials(accessKey: "A", secretKey: Secret("a")))
        let named = try credentials({ $0.profile = "other" }, environment: environment)
        #expect(named == AWSCredentials(accessKey: "O", secretKey: Secret("o=o"), sessionToken: Secret("t")))
        let ofEnvironment = try credentials(environment: environment)
        #expect(ofEnvironment == AWSCredentials(accessKey: "E", secretKey: Secret("e"), sessionToken: Secret("s")))
        #expect(try credentials() == AWSCredentials(accessKey: "D", secretKey: Secret("d")))
        #expect(try credentials(environment: ["AWS_PROFILE": "other"]).accessKey == "O")
        #expect(throws: Withheld.self) { try credentials({ $0.profile = "none" }) }
    }

    @Test func `the region is that of the settings, of the environment, or of the profile`() throws {
        try write("[default]\nregion = d\n[profile other]\nregion = o\n", to: "config")
        #expect(try region({ $0.region = "a" }, environment: ["AWS_REGION": "b"]) == "a")
        #expect(try region(environment: ["AWS_REGION": "b", "AWS_DEFAULT_REGION": "c"]) == "b")
        #expect(try region(environment: ["AWS_DEFAULT_REGION": "c"]) == "c")
        #expect(try region() == "d")
        #expect(try region { $0.profile = "other" } == "o")
        #expect(throws: Withheld("sigv4 has no region: set sigv4.region")) { try region { $0.profile = "none" } }
    }

    @Test func `the shared files may be elsewhere`() {
        let environment = ["AWS_SHARED_CREDENTIALS_FILE": "/a", "AWS_CONFIG_FILE": "/b"]
        #expect(sources(environment: environment).sources.files == ["/a", "/b"])
        #expect(sources(environment: ["HOME": "/h"]).sources.files == ["/h/.aws/credentials", "/h/.aws/config"])
    }

    @Test func `a variable of the environment is found, an empty one is none`() {
        #expect(Environment.variable("PATH") != nil)
        #expect(Environment.variable("PUSH_COLLECTOR_NO_SUCH_VARIABLE") == nil)
    }
}
