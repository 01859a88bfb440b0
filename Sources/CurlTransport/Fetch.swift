import CCurl
import CCurlShim
import Discovery
import Settings

/// A GET under way: its handle, and what has come of its body.
final class Fetch {
    private var easy: EasyHandle
    private let body: FetchBody
    private let server: Server
    private let isStream: Bool
    private let secrets: [String]

    /// A request that is ready to be begun; the body begins empty.
    init(
        _ request: FetchRequest, as slot: Int, _ access: inout FetchAccess, within budget: FetchBudget
    ) throws {
        let tls = access.client.tls
        guard let server = Server(url: request.url, tls: tls, proxy: Proxy(), timeout: request.timeout)
        else { throw Withheld("\(request.url) cannot be used as a URL") }
        self.server = server
        isStream = request.isStream
        body = FetchBody(limit: request.bodyLimit, within: budget)
        easy = try EasyHandle(slot: slot)
        let lines = try access.lines(request.lines, now: .now)
        secrets = access.secrets
        try easy.trust(tls, access.files)
        try easy.configure(for: server, userAgent: access.userAgent)
        try easy.set(CURLOPT_HTTPGET, 1)
        try easy.use(HeaderList(lines: lines + server.hostLines))
        try easy.collect(into: body)
    }

    /// Begins it.
    func begin(on multi: borrowing MultiHandle) -> Bool { multi.add(easy) }

    /// Ends it, whatever has come.
    func end(on multi: borrowing MultiHandle) { multi.remove(easy) }

    /// What a stream has brought since the last call; empty where it is none.
    func news() -> [UInt8] { isStream ? body.take() : [] }

    /// What came of it.
    func answer(_ code: CURLcode) -> FetchAnswer {
        if body.isOver {
            return .failed(.bodySize, "the answer of \(server.endpoint.name) is larger than there is room for")
        }
        guard code == CURLE_OK, let status = easy.status else {
            let reason = FailureReason(endpoint: server.endpoint, timeout: server.timeout)
            let failure: FetchFailure = code == CURLE_OPERATION_TIMEDOUT ? .timeout : .unreachable
            return .failed(failure, reason.describe(easy.symptoms(of: code)))
        }
        return .answered(
            FetchResponse(
                status: status, contentType: easy.header("Content-Type"),
                contentEncoding: easy.header("Content-Encoding"), body: withoutSecrets(body.take(), status)))
    }

    /// What is not what was asked for is for people, and may repeat what the server was shown.
    private func withoutSecrets(_ body: [UInt8], _ status: Int) -> [UInt8] {
        guard !(200..<300).contains(status), !secrets.isEmpty else { return body }
        return Array(Concealment(secrets).conceal(String(decoding: body, as: UTF8.self)).utf8)
    }
}

extension EasyHandle {
    /// Makes what comes go to a body, which has to outlive the transfer.
    fileprivate func collect(into body: borrowing FetchBody) throws(TransportError) {
        let code = unsafe body.withPointer { body in
            unsafe withHandle { unsafe curl_shim_collect_body($0, body) }
        }
        guard code == CURLE_OK else { throw .noHandle }
    }

    /// A header of the answer.
    fileprivate func header(_ name: String) -> String? {
        unsafe withHandle { unsafe curl_shim_get_header($0, name).map { unsafe String(cString: $0) } }
    }
}
