import Testing

@testable import Ingest

@Suite("Content-Encoding: contract B2")
struct ContentEncodingTests {
    private func read(_ values: [String]) -> String {
        do throws(PushError) {
            let encoding = try ContentEncoding(values.isEmpty ? nil : values.joined(separator: ", "))
            return encoding.codings.map { "\($0)" }.joined(separator: " ")
        } catch {
            return "! \(error)"
        }
    }

    @Test(arguments: [
        ([], ""), ([""], ""), (["identity"], ""), (["Identity, identity"], ""),
        (["gzip"], "gzip"), (["GZIP"], "gzip"), (["x-gzip"], "gzip"), ([" gzip "], "gzip"), (["\tgzip"], "gzip"),
        (["deflate"], "deflate"), (["Deflate"], "deflate"), (["snappy"], "snappy"), (["sNaPpY"], "snappy"),
        (["zstd"], "zstd"), (["ZStd"], "zstd"),
    ])
    func `encodings are read by name`(values: [String], codings: String) { #expect(read(values) == codings) }

    @Test(arguments: [
        (["identity, gzip"], "gzip"), (["gzip", "identity"], "gzip"), (["gzip, zstd"], "gzip zstd"),
        (["zstd,gzip"], "zstd gzip"), (["deflate", "X-GZIP"], "deflate gzip"), ([",gzip,, ,snappy,"], "gzip snappy"),
        (["gzip, deflate", "", "identity,zstd", "snappy"], "gzip deflate zstd snappy"),
        (["gzip, gzip, gzip, identity, gzip, identity"], "gzip gzip gzip gzip"),
    ])
    func `lists keep their order, in one header or in several`(values: [String], codings: String) {
        #expect(read(values) == codings)
    }

    @Test(arguments: [
        (["br"], "br"), (["compress"], "compress"), (["x-snappy"], "x-snappy"), (["*"], "*"),
        (["gzip, br"], "br"), (["br", "gzip"], "br"), (["gzip;q=1"], "gzip;q=1"), (["gzip zstd"], "gzip zstd"),
        (["gzip, gzip", "gzip, zstd, gzip"], "gzip, gzip, gzip, zstd, gzip"),
    ])
    func `others are refused by name, and more than four together`(values: [String], name: String) {
        #expect(
            read(values)
                == "! content encoding \"\(name)\" is not supported: use up to four of \(ContentEncoding.supported)")
    }
}
