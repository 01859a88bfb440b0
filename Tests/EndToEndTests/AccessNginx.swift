import Foundation
import Testing

/// nginx with certificates of a private authority, in front of a destination.
struct AccessNginx {
    let program: RunningProgram
    let stage: Stage
    /// What it knows of each request that it has answered, a line each.
    var log: String { (try? String(contentsOf: stage.folder.appending(path: "access.log"), encoding: .utf8)) ?? "" }
    var lines: [String] { log.split(separator: "\n").map(String.init) }

    /// Starts it with these `server` blocks, and waits for a port that one of them listens on.
    ///
    /// The certificates of `AccessNginx.certificates` are in the stage's folder.
    init(on stage: Stage, port: Int, servers: String) async throws {
        self.stage = stage
        let folder = stage.folder.path
        let format =
            "$request_method $request_uri $server_protocol $status user=$remote_user client=$ssl_client_s_dn "
            + "host=$http_host name=$ssl_server_name tls=$ssl_protocol length=$request_length"
        let configuration = try stage.write(
            """
            daemon off; pid \(folder)/nginx.pid; error_log stderr; worker_processes 1;
            events {}
            http {
              log_format wire '\(format)';
              access_log \(folder)/access.log wire; client_body_temp_path \(folder)/t1; proxy_temp_path \(folder)/t2;
              fastcgi_temp_path \(folder)/t3; uwsgi_temp_path \(folder)/t4; scgi_temp_path \(folder)/t5;
              ssl_certificate \(folder)/server.pem; ssl_certificate_key \(folder)/server.key;
              ssl_client_certificate \(folder)/authority.pem; ssl_protocols TLSv1.2 TLSv1.3; proxy_http_version 1.1;
              \(servers)
            }

            """, to: "nginx.conf")
        let program = try RunningProgram(Stage.tool("usr/sbin/nginx"), ["-p", folder, "-c", configuration])
        self.program = program
        try await wait(for: "nginx to listen") {
            guard program.isRunning else { throw TimedOut(description: "nginx ended: \(program.errors)") }
            return try await FinishedProgram("/bin/bash", ["-c", "exec 3<>/dev/tcp/127.0.0.1/\(port)"]).code == 0
        }
    }

    /// A `server` block with TLS.
    static func server(port: Int, options: String = "", _ rest: String) -> String {
        "server { listen 127.0.0.1:\(port) ssl \(options); server_name localhost; \(rest) }\n"
    }

    func stop() async throws {
        program.signal(SIGTERM)
        _ = try await program.exitCode()
    }

    /// Makes an authority, a server's certificate for `localhost` and `name.test`, and those of two clients.
    static func certificates(on stage: Stage) async throws {
        let script = try stage.write(
            """
            set -eu
            cd \(stage.folder.path)
            openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Private authority" \
                -keyout authority.key -out authority.pem
            printf 'subjectAltName=DNS:localhost,DNS:name.test\\n' > san.cnf
            for name in server client other; do
              openssl req -newkey rsa:2048 -nodes -subj "/CN=$name" -keyout $name.key -out $name.csr
              openssl x509 -req -in $name.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 \
                  -extfile san.cnf -out $name.pem
            done

            """, to: "certificates.sh")
        let made = try await FinishedProgram("/bin/bash", [script])
        try #require(made.code == 0, "\(made.errors)")
    }
}

/// A program of the tests' own in Python, which prints the port that it listens on.
struct AccessScript {
    let program: RunningProgram
    let port: Int
    /// What it has printed since, line by line.
    var lines: [String] { program.output.split(separator: "\n").dropFirst().map(String.init) }

    init(_ name: String, _ arguments: String...) async throws {
        let file = ClientsBackend.source(name)
        let program = try RunningProgram(Stage.tool("python/bin/python"), [file] + arguments)
        self.program = program
        try await wait(for: "\(name) to listen") {
            guard program.isRunning else { throw TimedOut(description: "\(name) ended: \(program.errors)") }
            return program.output.contains("\n")
        }
        port = try #require(program.output.split(separator: "\n").first.flatMap { Int($0) })
    }
}
