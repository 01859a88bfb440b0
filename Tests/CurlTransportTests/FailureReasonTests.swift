import CCurl
import Glibc
import Testing

@testable import CurlTransport

@Suite("FailureReason")
struct FailureReasonTests {
    let reason = FailureReason(
        endpoint: Endpoint(host: "backend", port: "8443"), timeout: .seconds(30))

    @Test(
        arguments: [
            (ECONNREFUSED, "connection refused by backend:8443"), (EHOSTUNREACH, "no route to backend:8443"),
            (ETIMEDOUT, "no connection to backend:8443: timed out"), (ECONNRESET, "connection reset by backend:8443"),
            (0, "no connection to backend:8443"),
        ] as [(Int32, String)])
    func `a connection that was not made`(error: Int32, text: String) {
        #expect(describe(CURLE_COULDNT_CONNECT, "", error) == text)
    }

    @Test(arguments: [
        (CURLE_COULDNT_RESOLVE_HOST, "Could not resolve host: backend", "the name backend does not resolve"),
        (CURLE_GOT_NOTHING, "Empty reply from server", "backend:8443 closed the connection without an answer"),
        (
            CURLE_RECV_ERROR, "Recv failure: Connection reset by peer",
            "the connection to backend:8443 broke off: Recv failure: Connection reset by peer"
        ),
        (
            CURLE_UNSUPPORTED_PROTOCOL, "Received HTTP/0.9 when not allowed",
            "backend:8443 does not speak HTTP: Received HTTP/0.9 when not allowed"
        ),
        (CURLE_OUT_OF_MEMORY, "Out of memory", "request to backend:8443 failed: Out of memory"),
    ])
    func `what went wrong is named`(code: CURLcode, text: String, expected: String) {
        #expect(describe(code, text) == expected)
    }

    @Test func `what a proxy is in the way of does not blame the destination, and tells no password`() {
        var reason = reason
        reason.hasProxy = true
        let failed = reason.describe(.init(code: CURLE_COULDNT_CONNECT, text: "Failed to connect to p port 1"))
        #expect(failed == "no connection to backend:8443 or its proxy: failed to connect to p port 1")
        let odd = reason.describe(.init(code: CURLE_COULDNT_CONNECT, text: "Unsupported proxy 'x://u:hush@p'"))
        #expect(odd == "no connection to backend:8443 or its proxy")
        let unknown = reason.describe(.init(code: CURLE_COULDNT_RESOLVE_PROXY, text: "'u:hush@p'"))
        #expect(unknown == "the name of the proxy does not resolve")
    }

    @Test func `a timeout says what there was none of`() {
        let text = "Connection timed out after 10001 milliseconds"
        #expect(
            describe(CURLE_OPERATION_TIMEDOUT, text)
                == "no connection to backend:8443: \(text.replacing("C", with: "c"))")
        let answered = reason.describe(.init(code: CURLE_OPERATION_TIMEDOUT, text: text, didConnect: true))
        #expect(answered == "no answer from backend:8443 within 30 s")
        var hasty = reason
        hasty.timeout = .milliseconds(250)
        let hastily = hasty.describe(.init(code: CURLE_OPERATION_TIMEDOUT, text: text, didConnect: true))
        #expect(hastily == "no answer from backend:8443 within 0.25 s")
    }

    @Test func `an unknown authority is to be configured, an expired certificate is not`() {
        let unknown = describe(
            CURLE_PEER_FAILED_VERIFICATION, "SSL certificate problem: unable to get local issuer certificate")
        let expected =
            "the certificate of backend:8443 is not trusted: unable to get local issuer certificate"
            + "; set tls_config.ca_file to the authority that signed it"
        #expect(unknown == expected)
        let expired = describe(CURLE_PEER_FAILED_VERIFICATION, "SSL certificate problem: certificate has expired")
        #expect(expired == "the certificate of backend:8443 is not trusted: certificate has expired")
    }

    @Test func `TLS with a plain server hints at that`() {
        let text = describe(CURLE_SSL_CONNECT_ERROR, "error:0A00010B:SSL routines::wrong version number")
        #expect(text.hasSuffix("wrong version number; it may speak plain http"))
        #expect(text.hasPrefix("no TLS with backend:8443: "))
    }

    @Test func `an authority file that cannot be read is named by its setting`() {
        let text = describe(CURLE_SSL_CACERT_BADFILE, "error setting certificate file: /nowhere")
        #expect(text == "the authorities of tls_config cannot be used: error setting certificate file: /nowhere")
    }

    private func describe(_ code: CURLcode, _ text: String, _ systemError: Int32 = 0) -> String {
        reason.describe(.init(code: code, text: text, systemError: systemError))
    }
}
