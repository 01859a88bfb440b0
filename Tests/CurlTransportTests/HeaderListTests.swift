import CCurl
import Testing

@testable import CurlTransport

@Suite("HeaderList")
struct HeaderListTests {
    @Test func `it is what remote write 1.0 demands, without an Expect`() throws {
        let expected = [
            "Content-Encoding: snappy", "Content-Type: application/x-protobuf",
            "X-Prometheus-Remote-Write-Version: 0.1.0", "Expect:",
        ]
        #expect(lines(try HeaderList(attempt: 1)) == expected)
        #expect(lines(try HeaderList(attempt: 2)) == expected + ["Retry-Attempt: 1"])
    }

    @Test func `type and version can be those of remote write 2_0`() throws {
        let type = "application/x-protobuf;proto=io.prometheus.write.v2.Request"
        #expect(
            lines(try HeaderList(HeaderList.protocolLines(type: type, version: "2.0.0"), attempt: 1)) == [
                "Content-Encoding: snappy", "Content-Type: \(type)", "X-Prometheus-Remote-Write-Version: 2.0.0",
                "Expect:",
            ])
    }

    private func lines(_ list: borrowing HeaderList) -> [String] {
        unsafe list.withPointer { pointer in
            var lines: [String] = []
            var node = unsafe pointer?.assumingMemoryBound(to: curl_slist.self)
            while let current = unsafe node {
                unsafe lines.append(String(cString: current.pointee.data))
                unsafe node = UnsafePointer(current.pointee.next)
            }
            return lines
        }
    }
}
