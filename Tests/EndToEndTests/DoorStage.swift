import Foundation
import Testing

/// A collector with a door: certificates of an authority of its own, a user, tokens.
struct DoorStage {
    let stage: Stage
    let receiver: Receiver
    let folder: String

    /// Of the password `secret`.
    static let hash = "$2y$04$QOauhQNbBCuQDKes6eFzPeVj0cCigtIZ1NEwIggIAOiVqcS6cpIjG"

    init() async throws {
        stage = try Stage()
        receiver = try await Receiver(on: stage)
        folder = stage.folder.path
        try await make("authority")
        try await make("server", by: "authority")
    }

    /// Makes an authority, or a certificate by one, `NAME.pem` and `NAME.key`.
    func make(_ name: String, by authority: String? = nil, names: String = "DNS:localhost,IP:127.0.0.1") async throws {
        var script = """
            set -eu; cd \(folder)
            openssl ecparam -genkey -name prime256v1 -noout -out \(name).new
            """
        if let authority {
            script += """

                openssl req -new -key \(name).new -subj /CN=\(name) -out \(name).csr
                printf 'subjectAltName=\(names)\\n' > \(name).cnf
                openssl x509 -req -in \(name).csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial -days 2 \
                    -extfile \(name).cnf -out \(name).pem.new
                mv \(name).pem.new \(name).pem; mv \(name).new \(name).key
                """
        } else {
            script += """

                openssl req -x509 -key \(name).new -days 2 -subj /CN=\(name) -out \(name).pem
                mv \(name).new \(name).key
                """
        }
        let made = try await FinishedProgram("/bin/bash", ["-c", script])
        try #require(made.code == 0, "\(made.errors)")
    }

    /// What is asked for in every request.
    static let tls = "tls_server_config: {cert_file: server.pem, key_file: server.key}\n"

    /// Starts the program with a web configuration and with these tokens.
    func start(web: String, push: String = "acknowledge_timeout: 60s") async throws -> DoorCollector {
        let file = try stage.write(web, to: "web.yml")
        let port = try Stage.freePort()
        let configuration = try stage.write(
            """
            push: {pushgateway: {\(push)}}
            remote_write: [{name: backend, url: '\(receiver.writeURL)'}]

            """, to: "collector-\(port).yaml")
        let program = try RunningProgram(
            Stage.program,
            [
                "--config.file=\(configuration)", "--web.config.file=\(file)", "--web.listen-address=127.0.0.1:\(port)",
                "--log.level=debug",
            ], in: stage.folder)
        let scheme = web.contains("tls_server_config") ? "https" : "http"
        try await wait(for: "the collector to listen") {
            guard program.isRunning else { throw TimedOut(description: "the collector ended: \(program.errors)") }
            return program.errors.contains("listening")
        }
        return DoorCollector(program: program, url: "\(scheme)://localhost:\(port)", port: port, folder: folder)
    }
}

/// The program behind the door.
struct DoorCollector {
    let program: RunningProgram
    let url: String
    let port: Int
    let folder: String

    /// Asks with curl, which trusts the stage's authority.
    func ask(_ path: String, _ arguments: String..., body: String? = nil) async throws -> Answer {
        try await curl(["--cacert", folder + "/authority.pem"] + arguments + [url + path], body: body)
    }

    /// Sends SIGTERM and expects that all is delivered.
    func end() async throws {
        program.signal(SIGTERM)
        #expect(try await program.exitCode() == 0, "\(program.errors)")
    }
}
