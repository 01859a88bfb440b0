import Foundation
import Testing

@Suite("A destination with a certificate from a private authority", .serialized)
struct PrivateAuthorityTests {
    /// nginx with a certificate of its own authority in front of Prometheus.
    struct Front {
        let program: RunningProgram
        let url: String
        let authority: String

        init(on stage: Stage, before prometheus: Prometheus) async throws {
            authority = try await Self.makeCertificates(on: stage)
            let port = try Stage.freePort()
            url = "https://localhost:\(port)/api/v1/write"
            let folder = stage.folder.path
            let configuration = try stage.write(
                """
                daemon off; pid \(folder)/nginx.pid; error_log stderr; worker_processes 1;
                events {}
                http {
                  access_log off; client_body_temp_path \(folder)/t1; proxy_temp_path \(folder)/t2;
                  fastcgi_temp_path \(folder)/t3; uwsgi_temp_path \(folder)/t4; scgi_temp_path \(folder)/t5;
                  server {
                    listen 127.0.0.1:\(port) ssl;
                    ssl_certificate \(folder)/server.pem; ssl_certificate_key \(folder)/server.key;
                    location / { proxy_pass \(prometheus.url); }
                  }
                }

                """, to: "nginx.conf")
            let program = try RunningProgram(Stage.tool("usr/sbin/nginx"), ["-p", folder, "-c", configuration])
            self.program = program
            let port_ = port
            try await wait(for: "nginx to listen") {
                guard program.isRunning else { throw TimedOut(description: "nginx ended: \(program.errors)") }
                return (try? await curl("--insecure", "https://localhost:\(port_)/-/ready"))?.status == 200
            }
        }

        private static func makeCertificates(on stage: Stage) async throws -> String {
            let folder = stage.folder.path
            let script = try stage.write(
                """
                set -eu
                cd \(folder)
                openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Private authority" \
                    -keyout authority.key -out authority.pem
                openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" -keyout server.key -out server.csr
                printf 'subjectAltName=DNS:localhost\\n' > san.cnf
                openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 \
                    -extfile san.cnf -out server.pem

                """, to: "certificates.sh")
            let made = try await FinishedProgram("/bin/bash", [script])
            try #require(made.code == 0, "\(made.errors)")
            return folder + "/authority.pem"
        }
    }

    @Test func `fails cleanly until the authority is trusted, and works then`() async throws {
        let stage = try Stage()
        let prometheus = try await Prometheus(on: stage)
        let front = try await Front(on: stage, before: prometheus)
        let path = "/pushgateway/metrics/job/tls"

        let suspicious = try await Collector(on: stage, to: front.url, push: "acknowledge_timeout: 1s")
        let held = try await suspicious.push(path, "held 1\n", heldBecause: "certificate")
        #expect(held.status == 202, "\(held)")
        #expect(held.header("Push-Collector-Reason")?.hasPrefix("backend: ") == true, "\(held)")
        #expect(try await prometheus.query("held") == [])
        suspicious.program.kill()

        let trusting = try await Collector(
            on: stage, to: front.url, destination: "tls_config: {ca_file: \(front.authority)}")
        #expect(try await trusting.push(path, "trusted 1\n").status == 200, "\(trusting.program.errors)")
        #expect(try await prometheus.query("trusted").map(\.labels) == [["__name__": "trusted", "job": "tls"]])
        #expect(try await trusting.terminate() == 0)

        let careless = try await Collector(
            on: stage, to: front.url, destination: "tls_config: {insecure_skip_verify: true}")
        #expect(try await careless.push(path, "unchecked 1\n").status == 200, "\(careless.program.errors)")
        #expect(try await prometheus.query("unchecked").count == 1)
        #expect(try await careless.terminate() == 0)
        front.program.signal(SIGTERM)
        _ = try await front.program.exitCode()
    }
}
