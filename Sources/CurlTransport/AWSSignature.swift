import Bytes
import Settings

/// The signature of a request, version 4, as Amazon Web Services define it.
///
/// libcurl's own signer, of version 7.88, signs headers that are not sent.
struct AWSSignature {
    /// What is signed of a request.
    struct Request {
        var method = "POST"
        /// As it stands in the request.
        var path: String
        /// As it stands in the request, without the question mark.
        var query: String
        var headers: [(name: String, value: String)]
        var body: [UInt8]
    }

    var credentials: AWSCredentials
    var region: String
    var service: String
    /// When the request is made: `20150830T123600Z`.
    var time: String

    /// The lines that make a request a signed one; it has the header `Host`, and no `X-Amz-Date` yet.
    func lines(_ request: Request) -> [String] {
        var request = request
        var added = [("X-Amz-Date", time)]
        if let token = credentials.sessionToken { added.append(("X-Amz-Security-Token", token.revealed)) }
        request.headers += added
        return added.map { HeaderLines.line($0.0, $0.1) } + ["Authorization: \(authorization(request))"]
    }

    /// The header `Authorization` of a request with all other headers.
    func authorization(_ request: Request) -> String {
        let signature = Self.hexadecimal(
            SHA256.authentication(of: Array(stringToSign(request).utf8), key: key))
        return "AWS4-HMAC-SHA256 Credential=\(credentials.accessKey)/\(scope), "
            + "SignedHeaders=\(Self.names(request)), Signature=\(signature)"
    }

    /// The text whose authentication is the signature.
    func stringToSign(_ request: Request) -> String {
        let hash = Self.hexadecimal(SHA256.hash(Array(Self.canonical(request).utf8)))
        return "AWS4-HMAC-SHA256\n\(time)\n\(scope)\n\(hash)"
    }

    /// The request in the form in which both sides hash it.
    static func canonical(_ request: Request) -> String {
        let headers = merged(request).map { "\($0.name):\($0.value)\n" }.joined()
        return [
            request.method, canonical(path: request.path), canonical(query: request.query), headers, names(request),
            hexadecimal(SHA256.hash(request.body)),
        ].joined(separator: "\n")
    }

    private var day: Substring { time.prefix(8) }

    private var scope: String { "\(day)/\(region)/\(service)/aws4_request" }

    private var key: [UInt8] {
        ["\(day)", region, service, "aws4_request"].reduce(Array("AWS4\(credentials.secretKey.revealed)".utf8)) {
            SHA256.authentication(of: Array($1.utf8), key: $0)
        }
    }

    /// Escaped once more than in the request, without empty parts and dots.
    private static func canonical(path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        let isFolder = path.hasSuffix("/") || path.hasSuffix("/.") || path.hasSuffix("/..")
        let text = parts.map { "/" + PercentEncoding.encode($0.utf8) }.joined()
        return text + (isFolder || parts.isEmpty ? "/" : "")
    }

    /// Its parameters in order, each escaped just once.
    private static func canonical(query: String) -> String {
        let pairs = query.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (name: recoded(name), value: recoded(pair.dropFirst(name.count + 1)))
        }
        return pairs.sorted { ($0.name, $0.value) < ($1.name, $1.value) }.map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }

    private static func recoded(_ text: Substring) -> String {
        PercentEncoding.encode(PercentEncoding.decode(text.utf8) ?? Array(text.utf8))
    }

    private static func names(_ request: Request) -> String { merged(request).map(\.name).joined(separator: ";") }

    /// One line a name, in the order of the names.
    private static func merged(_ request: Request) -> [(name: String, value: String)] {
        var values: [String: [String]] = [:]
        for header in request.headers {
            let words = header.value.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" })
            values[header.name.lowercased(), default: []].append(words.joined(separator: " "))
        }
        return values.map { ($0.key, $0.value.joined(separator: ",")) }.sorted { $0.0 < $1.0 }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
