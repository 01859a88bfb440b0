import Foundation
import Testing

@Suite("Where nothing can be written")
struct HardeningTests {
    /// The part that only root may set up: all that is mounted is read-only, then nobody without a capability runs it.
    @Test func `as nobody on a read-only root without a capability it serves, and no file of it is open for writing`()
        async throws
    {
        let stage = try await DoorStage()
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: stage.folder + "/server.key")
        let web = try stage.stage.write(DoorStage.tls + "basic_auth_users: {ann: \(DoorStage.hash)}\n", to: "web.yml")
        let port = try Stage.freePort()
        let script = """
            set -eu
            if [ "$(id -u)" = 0 ]; then
                for target in $(awk '{ print $5 }' /proc/self/mountinfo); do
                    mount -o remount,bind,ro "$target" 2>/dev/null || true
                done
                ! touch '\(stage.folder)/written' 2>/dev/null
                exec setpriv --reuid=65534 --regid=65534 --clear-groups --bounding-set=-all --inh-caps=-all \
                    --no-new-privs "$@"
            fi
            exec setpriv --no-new-privs "$@"
            """
        let command = [
            "/bin/bash", "-c", script, "hardened", Stage.program, "--remote-write.url=\(stage.receiver.writeURL)",
            "--web.listen-address=127.0.0.1:\(port)", "--web.config.file=\(web)",
        ]
        let isRoot = getuid() == 0
        let program = try RunningProgram(
            isRoot ? "/usr/bin/unshare" : "/usr/bin/env",
            (isRoot ? ["--mount", "--propagation=private"] : []) + command)
        let door = DoorCollector(
            program: program, url: "https://localhost:\(port)", port: port, folder: stage.folder)
        try await wait(for: "the collector to listen") {
            guard program.isRunning else { throw TimedOut(description: "the collector ended: \(program.errors)") }
            return program.errors.contains("listening")
        }
        #expect(
            try await door.ask("/pushgateway/metrics/job/x", "-u", "ann:secret", body: "a 1\n").status == 200)
        let process = "/proc/\(program.processIdentifier)"
        let status = try String(contentsOfFile: process + "/status", encoding: .utf8)
        #expect(status.contains("CapEff:\t0000000000000000"))
        if isRoot {
            #expect(status.contains("Uid:\t65534"))
            #expect(!FileManager.default.fileExists(atPath: stage.folder + "/written"))
        }
        #expect(try openForWriting(process) == [])
        try await door.end()
    }

    /// The files of a disk that a process has open for writing; pipes, sockets and devices are none.
    private func openForWriting(_ process: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: process + "/fdinfo").compactMap { number in
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(process)/fd/\(number)")
            guard let target, target.hasPrefix("/"), !target.hasPrefix("/dev/") else { return nil }
            let info = try String(contentsOfFile: "\(process)/fdinfo/\(number)", encoding: .utf8)
            let flags = info.firstMatch(of: /flags:\s+(\d+)/).flatMap { Int($0.1, radix: 8) } ?? 0
            return flags & 3 == 0 ? nil : target
        }
    }
}
