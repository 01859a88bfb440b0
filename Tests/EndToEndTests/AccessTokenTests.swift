import Foundation
import Synchronization
import Testing

@Suite("Tokens and signatures", .serialized)
struct AccessTokenTests {
    private let stage: Stage

    init() throws { stage = try Stage() }

    @Test func `a token that rotates while pushes come costs nothing: nothing lost, nobody told that the data was bad`()
        async throws
    {
        let valid = Mutex("one")
        let destination = try FaultyDestination { request in
            let isKnown = request.header("Authorization") == "Bearer \(valid.withLock(\.self))"
            return isKnown ? .stored : .status(401, "who are you")
        }
        let token = try stage.write("one\n", to: "token.txt")
        let scene = try await FaultScene(
            destination, push: "acknowledge_timeout: 500ms", settings: "authorization: {credentials_file: \(token)}")
        let load = scene.load(.init(pushers: 16, rate: 200))
        try await wait(for: "pushes to be stored") { destination.storedCount > 100 }
        valid.withLock { $0 = "two" }
        try await wait(for: "the destination to be held") { load.ledger.reason?.contains("answered 401") == true }
        let requests = destination.requestCount
        let stored = destination.storedCount
        try await Task.sleep(for: .seconds(2))
        // Held, it is not asked again and again.
        #expect(destination.requestCount - requests < 8)
        _ = try stage.write("two\n", to: "token.txt")
        try await wait(for: "pushes to be stored again") { destination.storedCount > stored + 100 }
        let ledger = try await load.run(.zero)
        #expect(ledger.count(0, 422, 503) == 0)
        try await scene.finish(ledger, nil)
        #expect(destination.record.disordered == [])
    }

    @Test func `oauth2: a token over TLS, another one when the first is turned away`() async throws {
        try await AccessNginx.certificates(on: stage)
        let folder = stage.folder.path
        let endpoint = try await AccessScript("token_endpoint.py", "\(folder)/server.pem", "\(folder)/server.key")
        let valid = Mutex(1)
        let destination = try FaultyDestination { request in
            let isKnown = request.header("Authorization") == "Bearer hush-token-\(valid.withLock(\.self))"
            return isKnown ? .stored : .status(401, "who are you")
        }
        let collector = try await Collector(
            on: stage,
            configuration: FaultScene.configuration(
                url: destination.url,
                settings: [
                    "oauth2:", "  client_id: client", "  client_secret: ${CLIENT_SECRET}",
                    "  token_url: https://localhost:\(endpoint.port)/token", "  scopes: [write, read]",
                    "  endpoint_params: {audience: metrics}", "  tls_config: {ca_file: authority.pem}",
                ]),
            environment: ["CLIENT_SECRET": "hush-client-secret"])
        for value in 1...3 {
            let answer = try await collector.push("/metrics/job/oauth", "fault_sequence \(value)\n")
            #expect(answer.status == 200, "\(answer) \(collector.program.errors)")
        }
        #expect(endpoint.lines == ["hush-token-1 ['write read'] ['metrics']"])
        valid.withLock { $0 = 2 }
        #expect(try await collector.push("/metrics/job/oauth", "fault_sequence 4\n").status == 200)
        #expect(endpoint.lines.count == 2)
        #expect(destination.storedCount == 4)
        #expect(try await collector.terminate() == 0)
    }

    @Test(arguments: ["/workspaces/ws-1/api/v1/remote_write", "/a%20b/c~d/%E1%88%B4?x=1&A=b%2Fc"])
    func `sigv4: botocore signs alike`(path: String) async throws {
        let receiver = try await AccessScript("sigv4_receiver.py")
        let keys = """
            [other]
            aws_access_key_id = AKIDEXAMPLE
            aws_secret_access_key = hush-secret-key
            aws_session_token = hush-session-token
            """
        let file = try stage.write(keys, to: "credentials")
        let environments = [
            [
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "hush-secret-key",
                "AWS_SESSION_TOKEN": "hush-session-token",
            ],
            ["AWS_SHARED_CREDENTIALS_FILE": file, "AWS_PROFILE": "other"],
        ]
        for environment in environments {
            let collector = try await Collector(
                on: stage,
                configuration: FaultScene.configuration(
                    url: "http://127.0.0.1:\(receiver.port)\(path)", settings: ["sigv4: {region: eu-central-1}"]),
                environment: environment)
            let answer = try await collector.push("/metrics/job/aws", "m 1\n")
            #expect(answer.status == 200, "\(answer) \(receiver.lines)")
            #expect(try await collector.terminate() == 0)
        }
        try await wait(for: "both to be printed") { receiver.lines.count >= 2 }
        #expect(receiver.lines == Array(repeating: "right \(path)", count: 2))
    }

    @Test func `sigv4: a workload's identity becomes a key, and an identity that changes ends a hold`() async throws {
        let receiver = try await AccessScript("sigv4_receiver.py")
        let endpoint = try await AccessScript("token_endpoint.py")
        let identity = try stage.write("hush-old-identity", to: "identity")
        let collector = try await Collector(
            on: stage,
            configuration: FaultScene.configuration(
                url: "http://127.0.0.1:\(receiver.port)/write", push: "acknowledge_timeout: 2s",
                settings: ["sigv4: {region: eu-central-1}"]),
            environment: [
                "AWS_ROLE_ARN": "arn:role", "AWS_WEB_IDENTITY_TOKEN_FILE": identity,
                "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:\(endpoint.port)/",
            ])
        let words = "answered 403: check AWS_ROLE_ARN"
        #expect(try await collector.push("/metrics/job/aws", "m 1\n", heldBecause: words).status == 202)
        _ = try stage.write("hush-identity", to: "identity")
        try await wait(for: "what was held to be stored") { receiver.lines.contains("right /write") }
        let answer = try await collector.push("/metrics/job/aws", "m 2\n", "-H", "Prefer: wait=60")
        #expect(answer.status == 200, "\(answer) \(receiver.lines)")
        // On a slow machine the old identity may be shown once more.
        #expect(endpoint.lines.count >= 2)
        #expect(Set(endpoint.lines) == ["AssumeRoleWithWebIdentity arn:role push-collector"])
        #expect(try await collector.terminate() == 0)
        #expect(!collector.program.errors.contains("hush"))
    }

    @Test func `sigv4: a workload's key is shown for that of another role, whose key signs`() async throws {
        let receiver = try await AccessScript("sigv4_receiver.py")
        let endpoint = try await AccessScript("token_endpoint.py")
        let identity = try stage.write("hush-identity", to: "identity")
        let collector = try await Collector(
            on: stage,
            configuration: FaultScene.configuration(
                url: "http://127.0.0.1:\(receiver.port)/write",
                settings: ["sigv4: {region: eu-central-1, role_arn: 'arn:other', external_id: us}"]),
            environment: [
                "AWS_ROLE_ARN": "arn:workload", "AWS_WEB_IDENTITY_TOKEN_FILE": identity,
                "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:\(endpoint.port)/",
            ])
        for number in 1...2 {
            let answer = try await collector.push("/metrics/job/aws", "m \(number)\n")
            #expect(answer.status == 200, "\(answer) \(receiver.lines)")
        }
        #expect(
            endpoint.lines == [
                "AssumeRoleWithWebIdentity arn:workload push-collector", "AssumeRole arn:other push-collector us",
            ])
        #expect(try await collector.terminate() == 0)
        #expect(!collector.program.errors.contains("hush"))
    }
}
