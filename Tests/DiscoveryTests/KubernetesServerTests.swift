import Discovery
import Settings
import Testing

@Suite struct KubernetesServerTests {
    @Test(arguments: [("10.96.0.1", "443", "https://10.96.0.1:443"), ("fd00::1", "6443", "https://[fd00::1]:6443")])
    func `a pod knows its cluster's by the environment, and its own account`(host: String, port: String, url: String)
        throws
    {
        let environment = ["KUBERNETES_SERVICE_HOST": host, "KUBERNETES_SERVICE_PORT": port]
        let server = try #require(KubernetesServer(KubernetesDiscovery(), environment: environment))
        #expect(server.url == url)
        #expect(server.client.settings.tls.caFile == "/var/run/secrets/kubernetes.io/serviceaccount/ca.crt")
        #expect(
            server.client.settings.authorization?.credentialsFile
                == "/var/run/secrets/kubernetes.io/serviceaccount/token")
    }

    @Test func `what the file names counts, and elsewhere there is none`() {
        var settings = KubernetesDiscovery()
        #expect(KubernetesServer(settings, environment: [:]) == nil)
        settings.apiServer = "https://k:6443/"
        settings.client.tls.serverName = "k"
        let server = KubernetesServer(settings, environment: ["KUBERNETES_SERVICE_HOST": "10.96.0.1"])
        #expect(server?.url == "https://k:6443" && server?.client.settings == settings.client)
    }
}
