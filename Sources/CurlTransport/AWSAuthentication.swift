import Bytes
import Glibc
import Settings

/// What is signed: where a request goes, its other headers as lines, its body.
struct SignedRequest {
    var target: Target
    var lines: [String]
    var body: [UInt8]
}

/// Requests signed with what settings, environment and shared files say now.
struct AWSAuthentication {
    private let settings: SigV4
    /// What is signed for.
    private var service: String
    private let sources: AWSSources
    private let environment: Environment.Lookup
    private let clock: () -> Int64

    /// - Parameter clock: milliseconds since the epoch.
    init(
        _ settings: SigV4, environment: @escaping Environment.Lookup = Environment.variable,
        clock: @escaping () -> Int64
    ) {
        self.settings = settings
        service = settings.serviceName
        sources = AWSSources(settings, environment: environment)
        self.environment = environment
        self.clock = clock
    }

    /// The files that keys may be in; they need not be there.
    var files: [String] { sources.files }

    /// The roles to take on in turn, the last of which has the key that requests are signed with; none where there is a
    /// key to sign with.
    func roles(_ files: WatchedFiles) -> [AWSRole] {
        let service = AWSRole.Service(
            region: try? sources.region(files), isFIPS: settings.usesFIPSEndpoint, environment: environment)
        var roles: [AWSRole] = []
        if !sources.hasKey, let role = AWSRole(ofWorkloadAt: service, environment: environment) { roles.append(role) }
        if let name = settings.roleARN {
            var signer = self
            signer.service = "sts"
            let proof = AWSRole.Proof.key(signer, externalID: settings.externalID)
            roles.append(AWSRole(name: name, session: service.session, url: service.url, proof: proof))
        }
        return roles
    }

    /// The lines that sign a request.
    ///
    /// - Parameter key: what was fetched to sign with; nil: what settings, environment and files have.
    func lines(_ signed: SignedRequest, key: AWSCredentials?, _ files: WatchedFiles) throws(Withheld) -> [String] {
        var credentials = key
        if credentials == nil { credentials = try sources.credentials(files) }
        guard let credentials else { return [] }
        let signature = AWSSignature(
            credentials: credentials, region: try sources.region(files), service: service,
            time: Self.text(of: clock()))
        let host = HeaderLines.line("Host", signed.target.host)
        let others = signed.lines.filter { $0 != host }
        let request = AWSSignature.Request(
            path: signed.target.path, query: signed.target.query,
            headers: (others + [host]).compactMap(Self.header), body: signed.body)
        return signature.lines(request) + (signed.lines.contains(host) ? [] : [host])
    }

    /// The token that requests show beside their signature, where the key has one.
    func sessionToken(_ pass: Pass?, _ files: WatchedFiles) -> String? {
        (pass?.key ?? (try? sources.credentials(files)))?.sessionToken?.revealed
    }

    /// A line that is sent as it stands: not one that takes a header away, nor one without a value.
    private static func header(_ line: String) -> (name: String, value: String)? {
        guard let colon = line.firstIndex(of: ":"), line.index(after: colon) < line.endIndex else { return nil }
        return (String(line[..<colon]), String(line[line.index(after: colon)...]))
    }

    /// A time as `20150830T123600Z`.
    static func text(of milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        let numbers = unsafe [parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec]
        let digits = numbers.map { $0 < 10 ? "0\($0)" : "\($0)" }
        let year = unsafe parts.tm_year + 1900
        return "\(year)\(digits[0])\(digits[1])T\(digits[2])\(digits[3])\(digits[4])Z"
    }
}
