import NIOHTTP1
import Testing

@testable import Ingest

@Suite("Content-Encoding: contract B2")
struct ContentEncodingTests {
    private func read(_ values: [String]) -> String {
        do throws(PushError) {
            return "\(try ContentEncoding(HTTPHeaders(values.map { ("content-encoding", $0) })))"
        } catch {
            return "! \(error)"
        }
    }

    @Test(arguments: [
        ([], "identity"), ([""], "identity"), (["identity"], "identity"), (["Identity, identity"], "identity"),
        (["gzip"], "gzip"), (["GZIP"], "gzip"), (["x-gzip"], "gzip"), ([" gzip "], "gzip"),
        (["identity, gzip"], "gzip"), (["gzip", "identity"], "gzip"),
        (["gzip, gzip"], "! content encoding \"gzip\" is not supported"),
        (["br"], "! content encoding \"br\" is not supported"),
        (["zstd"], "! content encoding \"zstd\" is not supported"),
        (["gzip, br"], "! content encoding \"br\" is not supported"),
    ])
    func `encodings are read by name`(values: [String], encoding: String) { #expect(read(values) == encoding) }
}
