import CCurl
import Glibc

/// Why a request got no answer, in the words of the operator's trade, with what to mend where that is known.
struct FailureReason {
    /// Where the request went.
    var endpoint: Endpoint
    /// The destination's limit on one attempt.
    var timeout: Duration
    /// Whether it went by way of a proxy.
    var hasProxy = false
    /// The key that certificates are configured under.
    var keys = "tls_config"

    /// What libcurl knows of a transfer that got no answer.
    struct Symptoms {
        /// How it ended.
        var code: CURLcode
        /// libcurl's words for it.
        var text: String
        /// The error number of the connection attempt, or 0.
        var systemError: Int32 = 0
        /// Whether there was a connection, TLS included.
        var didConnect = false
    }

    /// One line that names host and port, and no secret.
    func describe(_ symptoms: Symptoms) -> String {
        let text = symptoms.text
        let name = endpoint.name
        return switch symptoms.code {
        case CURLE_COULDNT_RESOLVE_HOST: "the name \(endpoint.host) does not resolve"
        case CURLE_COULDNT_RESOLVE_PROXY: "the name of the proxy does not resolve"
        // libcurl may tell the proxy's URL, with its password.
        case CURLE_COULDNT_CONNECT where hasProxy:
            "no connection to \(name) or its proxy" + (text.contains("://") ? "" : ": \(lowercasedFirst(text))")
        case CURLE_PROXY: "the proxy on the way to \(name) failed"
        case CURLE_COULDNT_CONNECT: refusal(symptoms.systemError)
        case CURLE_OPERATION_TIMEDOUT where symptoms.didConnect: "no answer from \(name) within \(seconds(timeout))"
        case CURLE_OPERATION_TIMEDOUT: "no connection to \(name): \(lowercasedFirst(text))"
        case CURLE_GOT_NOTHING: "\(name) closed the connection without an answer"
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: "the connection to \(name) broke off: \(text)"
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: "\(name) does not speak HTTP: \(text)"
        case CURLE_PEER_FAILED_VERIFICATION: distrust(text)
        case CURLE_SSL_CACERT_BADFILE: "the authorities of \(keys) cannot be used: \(text)"
        case CURLE_SSL_CERTPROBLEM: "the certificate and key of \(keys) cannot be used: \(text)"
        case CURLE_SSL_CONNECT_ERROR: handshake(text)
        default: "request to \(name) failed: \(text)"
        }
    }

    private func refusal(_ systemError: Int32) -> String {
        let name = endpoint.name
        return switch systemError {
        case ECONNREFUSED: "connection refused by \(name)"
        case EHOSTUNREACH, ENETUNREACH: "no route to \(name)"
        case ETIMEDOUT: "no connection to \(name): timed out"
        case ECONNRESET: "connection reset by \(name)"
        default: "no connection to \(name)"
        }
    }

    /// OpenSSL's words, and which setting they are about.
    private func distrust(_ text: String) -> String {
        let what = "the certificate of \(endpoint.name) is not trusted: "
        let isUnknown = ["local issuer", "self-signed", "self signed", "unable to get issuer"].contains {
            text.contains($0)
        }
        return what + text.replacing("SSL certificate problem: ", with: "")
            + (isUnknown ? "; set \(keys).ca_file to the authority that signed it" : "")
    }

    private func handshake(_ text: String) -> String {
        let hint = text.contains("wrong version number") ? "; it may speak plain http" : ""
        return "no TLS with \(endpoint.name): \(text)\(hint)"
    }

    private func seconds(_ duration: Duration) -> String {
        let seconds = duration / .seconds(1)
        return seconds == seconds.rounded() ? "\(Int(seconds)) s" : "\(seconds) s"
    }

    private func lowercasedFirst(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }
}
