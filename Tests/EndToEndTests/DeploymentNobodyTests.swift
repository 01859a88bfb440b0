import Foundation
import Testing

@Suite("As the manifests run it")
struct DeploymentNobodyTests {
    /// By setpriv, which only root may use; whoever is not root has no privileges to drop but its capabilities' bounds.
    @Test func `as nobody, without a capability, it takes a push and delivers it`() async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let port = try Stage.freePort()
        let drop =
            getuid() == 0
            ? ["--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all"] : []
        let program = try RunningProgram(
            "/usr/bin/setpriv",
            drop + [
                "--no-new-privs", Stage.program, "--remote-write.url=\(receiver.writeURL)",
                "--web.listen-address=127.0.0.1:\(port)",
            ])
        let url = "http://127.0.0.1:\(port)"
        try await wait(for: "the collector to be ready") { (try? await curl("\(url)/-/ready"))?.status == 200 }
        #expect(try await curl("\(url)/pushgateway/metrics/job/x", body: "a 1\n").status == 200)
        try await receiver.prints("a{job=\"x\"} 1 ")
        program.signal(SIGTERM)
        #expect(try await program.exitCode() == 0, "\(program.errors)")
    }
}
