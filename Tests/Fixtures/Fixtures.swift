package import Foundation

/// Where the bodies, and what must become of them, are found.
package enum Fixtures {
    /// `Tests/Fixtures` of this checkout.
    package static let directory = URL(filePath: #filePath).deletingLastPathComponent()

    /// The root of this checkout.
    package static let root = directory.appending(path: "../..").standardizedFileURL

    /// The exposition vectors: the shared file beside the checkout where there is one, else the copy in it.
    package static func expositionVectors() throws -> [ExpositionVector] {
        let shared = root.appending(path: "../shared/vectors/exposition.jsonl").standardizedFileURL
        let copy = directory.appending(path: "exposition.jsonl")
        let file = FileManager.default.fileExists(atPath: shared.path) ? shared : copy
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(ExpositionVector.self, from: Data($0.utf8))
        }
    }
}

/// One body and what must become of it: a line of `exposition.jsonl`.
package struct ExpositionVector: Decodable, Sendable {
    package struct Sample: Decodable, Sendable {
        package var name: String
        package var labels: [String: String]
        package var value: Value?
        package var timestamp_ms: Int64?
        package var start_timestamp_ms: Int64?
        package var exemplars: [Exemplar]?
        package var histogram: Histogram?
    }

    package struct Exemplar: Decodable, Sendable {
        package var labels: [String: String]
        package var value: Value
        package var timestamp_ms: Int64?
    }

    /// A native histogram; the buckets of one that counts in floating point are counts instead of deltas.
    package struct Histogram: Decodable, Sendable {
        package var kind: String
        package var count: Double
        package var sum: Value
        package var schema: Int32
        package var zero_threshold: Double
        package var zero_count: Double
        package var negative_spans: [[Int64]]
        package var negative_deltas: [Int64]?
        package var negative_counts: [Double]?
        package var positive_spans: [[Int64]]
        package var positive_deltas: [Int64]?
        package var positive_counts: [Double]?
        package var reset_hint: String
    }

    /// A number, or the name of one that JSON cannot write.
    package struct Value: Decodable, Sendable {
        package var number: Double

        package init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self.number = number
                return
            }
            switch try container.decode(String.self) {
            case "NaN": number = .nan
            case "+Inf": number = .infinity
            case "-Inf": number = -.infinity
            case let other:
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "no number: \(other)")
            }
        }
    }

    package var id: String
    package var format: String
    package var input: String?
    package var input_base64: String?
    package var accept: Bool
    package var lenient: Bool?
    package var samples: [Sample]
    package var note: String
    package var pushgateway_error: String?

    /// The body's bytes.
    package var body: [UInt8] {
        if let input_base64 { return Array(Data(base64Encoded: input_base64) ?? Data()) }
        return Array((input ?? "").utf8)
    }

}
