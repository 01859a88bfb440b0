import Bytes
import FoundationEssentials
import Settings

/// A role that a workload of a cluster may assume, as the environment has it there (EKS: roles for service accounts).
struct AWSRole: Equatable {
    var name: String
    var session: String
    /// The file with the token that says who the workload is.
    var tokenFile: String
    /// Where AWS's Security Token Service is.
    var url: String

    /// The role of the environment; nil where it has none.
    init?(region: String?, environment: Environment.Lookup) {
        guard let name = environment("AWS_ROLE_ARN"), let file = environment("AWS_WEB_IDENTITY_TOKEN_FILE")
        else { return nil }
        self.name = name
        tokenFile = file
        session = environment("AWS_ROLE_SESSION_NAME") ?? "push-collector"
        let domain = region?.hasPrefix("cn-") == true ? "amazonaws.com.cn" : "amazonaws.com"
        let place = region.map { "https://sts.\($0).\(domain)/" } ?? "https://sts.\(domain)/"
        url = environment("AWS_ENDPOINT_URL_STS") ?? environment("AWS_ENDPOINT_URL") ?? place
    }

    /// The headers of the request for a key.
    static let lines = ["Content-Type: application/x-www-form-urlencoded", "Accept: application/json", "Expect:"]

    /// The form that asks for a key.
    func body(token: String) -> [UInt8] {
        let fields = [
            ("Action", "AssumeRoleWithWebIdentity"), ("RoleArn", name), ("RoleSessionName", session),
            ("Version", "2011-06-15"), ("WebIdentityToken", token),
        ]
        return Array(fields.map { "\($0.0)=\(PercentEncoding.encode($0.1.utf8))" }.joined(separator: "&").utf8)
    }

    /// The key of an answer; nil where it holds none.
    ///
    /// - Parameter time: milliseconds since the epoch.
    static func pass(_ text: String, time: Int64) -> LimitedPass? {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)) else { return nil }
        let key = answer.AssumeRoleWithWebIdentityResponse.AssumeRoleWithWebIdentityResult.Credentials
        let credentials = AWSCredentials(
            accessKey: key.AccessKeyId, secretKey: Secret(key.SecretAccessKey), sessionToken: Secret(key.SessionToken))
        guard key.AccessKeyId.isHeaderValue, key.SessionToken.isHeaderValue else { return nil }
        let left = key.Expiration.map { Duration.seconds(written: $0 - Double(time) / 1_000) }
        return LimitedPass(pass: .key(credentials), lifetime: left)
    }

    private struct Answer: Decodable {
        struct Response: Decodable {
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

            var AssumeRoleWithWebIdentityResult: Result
        }

        var AssumeRoleWithWebIdentityResponse: Response
    }
}
