import Bytes
import FoundationEssentials
import Settings

/// A role that is taken on at AWS's Security Token Service, which gives the role's key.
struct AWSRole {
    /// How who asks is known.
    enum Proof {
        /// By the token in a file, as a workload of a cluster (EKS: roles for service accounts).
        case identity(file: String)
        /// By a key: that of the role before, or what settings, environment and files have.
        case key(AWSAuthentication, externalID: String?)
    }

    /// Where the service is, and what those who ask call themselves there.
    struct Service {
        var url: String
        var session: String

        init(region: String?, isFIPS: Bool = false, environment: Environment.Lookup) {
            let domain = region?.hasPrefix("cn-") == true ? "amazonaws.com.cn" : "amazonaws.com"
            let name = isFIPS ? "sts-fips" : "sts"
            let place = region.map { "https://\(name).\($0).\(domain)/" } ?? "https://sts.\(domain)/"
            url = environment("AWS_ENDPOINT_URL_STS") ?? environment("AWS_ENDPOINT_URL") ?? place
            session = environment("AWS_ROLE_SESSION_NAME") ?? "push-collector"
        }
    }

    var name: String
    var session: String
    var url: String
    var proof: Proof

    /// The request for the role's key.
    ///
    /// - Parameter key: the key of the role before, where there is one.
    func request(_ files: WatchedFiles, key: AWSCredentials?) throws(Withheld) -> (lines: [String], body: [UInt8]) {
        let body = try body(files)
        var lines = ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json", "Expect:"]
        if case .key(let signer, _) = proof, let target = Target(url: url, serverName: nil) {
            lines += try signer.lines(SignedRequest(target: target, lines: lines, body: body), key: key, files)
        }
        return (lines, body)
    }

    /// The form that asks.
    private func body(_ files: WatchedFiles) throws(Withheld) -> [UInt8] {
        var fields = [("RoleArn", name), ("RoleSessionName", session), ("Version", "2011-06-15")]
        switch proof {
        case .identity(let file):
            fields += [
                ("Action", "AssumeRoleWithWebIdentity"), ("WebIdentityToken", try files.reveal(.file(file))),
            ]
        case .key(_, let externalID):
            fields.append(("Action", "AssumeRole"))
            if let externalID { fields.append(("ExternalId", externalID)) }
        }
        return Array(fields.map { "\($0.0)=\(PercentEncoding.encode($0.1.utf8))" }.joined(separator: "&").utf8)
    }

    /// The files that it takes to ask.
    var files: [String] {
        switch proof {
        case .identity(let file): [file]
        case .key(let signer, _): signer.files
        }
    }

    /// What to mend where the role is refused.
    var advice: String {
        switch proof {
        case .identity: "check AWS_ROLE_ARN and who may assume that role"
        case .key: "check sigv4.role_arn and who may assume that role"
        }
    }

    /// The key of an answer; nil where it holds none.
    ///
    /// - Parameter time: milliseconds since the epoch.
    static func pass(_ text: String, time: Int64) -> LimitedPass? {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)) else { return nil }
        let identified = answer.AssumeRoleWithWebIdentityResponse?.AssumeRoleWithWebIdentityResult
        guard let key = (identified ?? answer.AssumeRoleResponse?.AssumeRoleResult)?.Credentials else { return nil }
        let credentials = AWSCredentials(
            accessKey: key.AccessKeyId, secretKey: Secret(key.SecretAccessKey), sessionToken: Secret(key.SessionToken))
        guard key.AccessKeyId.isHeaderValue, key.SessionToken.isHeaderValue else { return nil }
        let left = key.Expiration.map { Duration.seconds(written: $0 - Double(time) / 1_000) }
        return LimitedPass(pass: .key(credentials), lifetime: left)
    }

    private struct Answer: Decodable {
        struct Result: Decodable {
            struct Key: Decodable {
                var AccessKeyId: String
                var SecretAccessKey: String
                var SessionToken: String
                /// Seconds since the epoch.
                var Expiration: Double?
            }

            var Credentials: Key
        }

        struct Identified: Decodable { var AssumeRoleWithWebIdentityResult: Result }

        struct Signed: Decodable { var AssumeRoleResult: Result }

        var AssumeRoleWithWebIdentityResponse: Identified?
        var AssumeRoleResponse: Signed?
    }
}

extension AWSRole {
    /// The role of a workload, as the environment has it in a cluster; nil where it has none.
    init?(ofWorkloadAt service: Service, environment: Environment.Lookup) {
        guard let name = environment("AWS_ROLE_ARN"), let file = environment("AWS_WEB_IDENTITY_TOKEN_FILE")
        else { return nil }
        self.init(name: name, session: service.session, url: service.url, proof: .identity(file: file))
    }
}
