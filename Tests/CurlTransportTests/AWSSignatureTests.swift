import Fixtures
import Foundation
import Settings
import Testing

@testable import CurlTransport

/// Against the test suite that AWS has published for version 4 of its signature.
///
/// Copyright 2019 Amazon.com, Inc. or its affiliates, Apache License 2.0.
@Suite struct AWSSignatureTests {
    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        var name: String
        var request: String
        var canonical: String
        var text: String
        var authorization: String
        var testDescription: String { name }

        static func all() throws -> [Vector] {
            let file = Fixtures.directory.appending(path: "sigv4.jsonl")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(Vector.self, from: Data($0.utf8))
            }
        }

        /// The request of the vector's text.
        var parsed: AWSSignature.Request {
            let parts = request.components(separatedBy: "\n\n")
            var lines = parts[0].split(separator: "\n").map(String.init)
            let words = lines.removeFirst().split(separator: " ").map(String.init)
            let url = words[1..<words.count - 1].joined(separator: " ")
            let path = url.prefix { $0 != "?" }
            var request = AWSSignature.Request(
                method: words[0], path: String(path), query: String(url.dropFirst(path.count + 1)), headers: [],
                body: Array(parts.dropFirst().joined(separator: "\n\n").utf8))
            for line in lines {
                // A line that begins with a blank goes on with the one before.
                if line.hasPrefix(" "), let last = request.headers.indices.last {
                    request.headers[last].value += "\n\(line)"
                    continue
                }
                let name = line.prefix { $0 != ":" }
                request.headers.append((String(name), String(line.dropFirst(name.count + 1))))
            }
            return request
        }
    }

    private let signature = AWSSignature(
        credentials: AWSCredentials(
            accessKey: "AKIDEXAMPLE", secretKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")),
        region: "us-east-1", service: "service", time: "20150830T123600Z")

    @Test func `the suite is whole`() throws {
        #expect(try Vector.all().count == 34)
    }

    @Test(arguments: try Vector.all())
    func `requests are signed as in AWS's test suite`(vector: Vector) {
        var request = vector.parsed
        // Here the suite leaves the token to who signs.
        if vector.canonical.contains("x-amz-security-token"), !vector.request.contains("X-Amz-Security-Token") {
            let line = vector.canonical.split(separator: "\n").first { $0.hasPrefix("x-amz-security-token:") } ?? ""
            request.headers.append(("X-Amz-Security-Token", String(line.dropFirst("x-amz-security-token:".count))))
        }
        #expect(AWSSignature.canonical(request) == vector.canonical)
        #expect(signature.stringToSign(request) == vector.text)
        #expect(signature.authorization(request) == vector.authorization)
    }

    @Test func `a signed request has the time, the token of the session, and the signature`() {
        var signature = signature
        signature.credentials.sessionToken = Secret("T")
        let request = AWSSignature.Request(path: "/", query: "", headers: [("Host", "h")], body: [])
        let lines = signature.lines(request)
        #expect(Array(lines.prefix(2)) == ["X-Amz-Date: 20150830T123600Z", "X-Amz-Security-Token: T"])
        #expect(lines.count == 3)
        #expect(lines[2].contains("SignedHeaders=host;x-amz-date;x-amz-security-token, "))
    }
}
