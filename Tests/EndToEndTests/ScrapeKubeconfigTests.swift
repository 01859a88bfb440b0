import Foundation
import Testing

@Suite("An API server over TLS", .timeLimit(.minutes(15)))
struct ScrapeKubeconfigTests {
    private let server: AccessScript
    private let stage: Stage
    private let pushgateway: Pushgateway
    private let receiver: Receiver

    init() async throws {
        stage = try Stage()
        try await AccessNginx.certificates(on: stage)
        let folder = stage.folder.path
        server = try await AccessScript(
            "kubernetes_api.py", "\(folder)/server.pem", "\(folder)/server.key", "\(folder)/authority.pem")
        pushgateway = try await Pushgateway(on: stage)
        receiver = try await Receiver(on: stage)
        try await control("{\"put\": \(Self.service)}")
        try await control("{\"put\": \(Self.slice(pushgateway.port))}")
    }

    private static let service = """
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "g", "namespace": "ns",
         "labels": {"app.kubernetes.io/name": "prometheus-pushgateway"}}, "spec": {}}
        """

    private static func slice(_ port: Int) -> String {
        """
        {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
         "metadata": {"name": "g-x", "namespace": "ns", "labels": {"kubernetes.io/service-name": "g"}},
         "endpoints": [{"addresses": ["127.0.0.1"], "conditions": {"ready": true}}],
         "ports": [{"name": "http-metrics", "port": \(port), "protocol": "TCP"}]}
        """
    }

    private func control(_ command: String) async throws {
        let answer = try await curl(["--insecure", "https://localhost:\(server.port)/control"], body: command)
        #expect(answer.status == 200)
    }

    private func base64(_ file: String) throws -> String {
        try Data(contentsOf: stage.folder.appending(path: file)).base64EncodedString()
    }

    /// A kubeconfig with these entries of cluster and user.
    private func kubeconfig(_ cluster: String, _ user: String, to name: String = "kubeconfig") throws -> String {
        try stage.write(
            """
            apiVersion: v1
            kind: Config
            current-context: test
            clusters: [{name: k, cluster: {server: 'https://localhost:\(server.port)', \(cluster)}}]
            contexts: [{name: test, context: {cluster: k, user: u}}]
            users: [{name: u, user: {\(user)}}]

            """, to: name)
    }

    private func configuration(_ kubernetes: String) -> String {
        """
        scrape:
          push_gateways:
            kubernetes: {enabled: true\(kubernetes.isEmpty ? "" : ", ")\(kubernetes)}
            scrape_interval: 1s
            scrape_timeout: 1s
        remote_write: [{url: '\(receiver.writeURL)'}]

        """
    }

    private func metric(_ name: String, _ collector: Collector) async throws -> Int {
        FaultScrape(page: try await curl("\(collector.url)/metrics").body).value("push_collector_scrape_\(name)")
    }

    private func up(_ collector: Collector) async throws -> Int {
        FaultScrape(page: try await curl("\(collector.url)/metrics").body).sum("scrape_targets", "\"up\"")
    }

    @Test(arguments: ["token", "tokenFile", "certificate files", "certificate data", "password"])
    func `as a kubeconfig says, and as the real client reads it`(kind: String) async throws {
        let ca =
            kind == "certificate data"
            ? "certificate-authority-data: \(try base64("authority.pem"))"
            : "certificate-authority: authority.pem"
        // The real client does not take the end of a line off.
        _ = try stage.write("token-1", to: "token.txt")
        let user =
            switch kind {
            case "token": "token: token-1"
            case "tokenFile": "tokenFile: token.txt"
            case "certificate files": "client-certificate: client.pem, client-key: client.key"
            case "password": "username: admin, password: password"
            default:
                "client-certificate-data: \(try base64("client.pem")), client-key-data: \(try base64("client.key"))"
            }
        let file = try kubeconfig(ca, user)
        let check = try await FinishedProgram(
            Stage.tool("python/bin/python"), [ClientsBackend.source("kubernetes_check.py"), file])
        #expect(check.code == 0, "\(check.errors)")
        #expect(check.output == "service ns g\nendpoint 127.0.0.1 True \(pushgateway.port)\n")
        // Beside the configuration, as its own files are.
        let collector = try await Collector(on: stage, configuration: configuration("kubeconfig_file: kubeconfig"))
        try await wait(for: "the Pushgateway to be read") { try await up(collector) == 1 }
        #expect(try await metric("discovery_failing", collector) == 0)
        #expect(try await collector.terminate() == 0)
    }

    @Test func `a token that changes in a kubeconfig is used, and one that is wrong is told`() async throws {
        let file = try kubeconfig("certificate-authority: authority.pem", "token: token-0")
        let collector = try await Collector(on: stage, configuration: configuration("kubeconfig_file: \(file)"))
        try await wait(for: "the token to be refused") {
            collector.program.errors.contains("the API server answered 401: the token is not valid")
        }
        #expect(try await metric("discovery_failing", collector) == 1)
        _ = try stage.write("users: [", to: "kubeconfig")
        try await wait(for: "the file to be refused") {
            collector.program.errors.contains("\(file):") && collector.program.errors.contains("did not find")
        }
        #expect(try await collector.push("/metrics/job/t", "pushed 1\n").status == 200)
        _ = try kubeconfig("certificate-authority: authority.pem", "token: token-1")
        try await wait(for: "the Pushgateway to be read") { try await up(collector) == 1 }
        #expect(try await metric("discovery_failing", collector) == 0)
        #expect(collector.program.errors.contains("Pushgateways are looked for in Kubernetes again"))
        #expect(!collector.program.errors.contains("token-"))
        #expect(try await collector.terminate() == 0)
    }

    @Test func `another authority is told on the page, in the log and in a metric, and pushes are taken`() async throws
    {
        let ca = try stage.write(
            try String(contentsOfFile: "\(stage.folder.path)/other.pem", encoding: .utf8), to: "ca")
        _ = try stage.write("token-1\n", to: "token")
        let collector = try await Collector(
            on: stage,
            configuration: configuration(
                "api_server: 'https://localhost:\(server.port)', authorization: {credentials_file: token}, "
                    + "tls_config: {ca_file: \(ca)}"))
        try await wait(for: "the certificate to be refused, for each of what is asked for") {
            collector.program.errors.components(separatedBy: "cannot be looked for").count > 2
        }
        #expect(try await metric("discovery_failing", collector) == 1)
        let page = try await curl("\(collector.url)/").body
        #expect(page.contains("Pushgateways cannot be looked for") && page.contains("certificate"))
        let document = try await curl("\(collector.url)/api/v1/status").body
        #expect(document.contains("\"problems\":[{\"what\":\"endpointslices\",\"text\":\""))
        #expect(try await collector.push("/metrics/job/t", "pushed 1\n").status == 200)
        let lines = collector.program.errors.split(separator: "\n").filter { $0.contains("cannot be looked for") }
        #expect(lines.count == 2, "once for each of what is asked for: \(lines)")
        // It is mended, without a restart.
        _ = try stage.write(
            try String(contentsOfFile: "\(stage.folder.path)/authority.pem", encoding: .utf8), to: "ca")
        try await wait(for: "the Pushgateway to be read") { try await up(collector) == 1 }
        let shown = try await curl("\(collector.url)/").body
        #expect(shown.contains("<bdi>127.0.0.1:\(pushgateway.port)</bdi>") && shown.contains("Kubernetes knows 1."))
        #expect(try await collector.terminate() == 0)
    }

    @Test func `in a cluster the pod's account is what it is known by`() async throws {
        _ = try stage.write("token-1\n", to: "token")
        let port = try Stage.freePort()
        let file = try stage.write(
            configuration("") + "listen_address: '127.0.0.1:\(port)'\n", to: "collector.yaml")
        // Where a pod has its account, in a view of the files that nobody else has.
        let account = "/run/secrets/kubernetes.io/serviceaccount"
        let script = """
            mount -t tmpfs none /run && mkdir -p \(account) && cp token \(account)/ && cp authority.pem \(account)/ca.crt &&
            [ /var/run -ef /run ] && exec "$0" --config.file="$1"
            """
        let program = try RunningProgram(
            "/usr/bin/unshare", ["-m", "/bin/sh", "-c", script, Stage.program, file], in: stage.folder,
            environment: ["KUBERNETES_SERVICE_HOST": "localhost", "KUBERNETES_SERVICE_PORT": "\(server.port)"])
        try await wait(for: "the Pushgateway to be read") {
            guard program.isRunning else { throw TimedOut(description: program.errors) }
            guard let page = try? await curl("http://127.0.0.1:\(port)/metrics").body else { return false }
            return FaultScrape(page: page).sum("scrape_targets", "\"up\"") == 1
        }
        program.signal(SIGTERM)
        #expect(try await program.exitCode() == 0)
    }

    @Test func `a kubeconfig that cannot be used is refused at the start, with its place`() async throws {
        _ = try kubeconfig("certificate-authority: authority.pem", "exec: {command: aws}")
        let file = try stage.write(configuration("kubeconfig_file: kubeconfig"), to: "collector.yaml")
        let check = try await FinishedProgram(Stage.program, ["check", "--config.file=\(file)"])
        #expect(check.code == 1)
        let text = check.output + check.errors
        #expect(text.contains("scrape.push_gateways.kubernetes.kubeconfig_file: "), "\(text)")
        #expect(text.contains("/kubeconfig:6:26: users[0].user.exec: not supported: no plugin is run"), "\(text)")
    }
}
