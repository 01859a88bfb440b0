import FoundationEssentials
import Settings

/// A token as a token endpoint gives it (RFC 6749, section 5.1).
struct OAuth2Token: Equatable {
    /// The header `Authorization` that shows it.
    var authorization: Secret
    /// How long it is good for; nil: nobody knows.
    var lifetime: Duration?

    /// Reads an answer; nil where it holds no token.
    init?(_ text: String) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(text.utf8)) else { return nil }
        guard !answer.access_token.isEmpty, answer.access_token.isHeaderValue else { return nil }
        let type = answer.token_type ?? ""
        guard type.isHeaderValue else { return nil }
        let words = ["": "Bearer", "bearer": "Bearer", "mac": "MAC", "basic": "Basic"]
        authorization = Secret("\(words[type.lowercased()] ?? type) \(answer.access_token)")
        lifetime = answer.expires_in.flatMap { $0.seconds > 0 ? .seconds(written: $0.seconds) : nil }
    }

    /// The same as a pass.
    var pass: LimitedPass { LimitedPass(pass: .authorization(authorization), lifetime: lifetime) }

    private struct Answer: Decodable {
        var access_token: String
        var token_type: String?
        var expires_in: Seconds?
    }

    /// A number, which some write as a text.
    private struct Seconds: Decodable {
        var seconds: Double

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let number = try? value.decode(Double.self)
            seconds = try number ?? Double(value.decode(String.self)) ?? 0
        }
    }
}
