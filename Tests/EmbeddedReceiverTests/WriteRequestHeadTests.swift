import NIOHTTP1
import RemoteWrite
import Testing

@testable import EmbeddedReceiver

@Suite("What the receiver wants of a head (RW1 1-2 to 1-7, RW2 2-9 to 2-21)")
struct WriteRequestHeadTests {
    private func judge(
        _ method: HTTPMethod = .POST, _ path: String = "/api/v1/write", _ headers: HTTPHeaders = .write()
    ) -> WriteRequestHead {
        WriteRequestHead(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: headers), limit: 1000)
    }

    private func status(_ head: WriteRequestHead) -> Int? {
        guard case .answer(let answer) = head else { return nil }
        return answer.status
    }

    @Test(arguments: ["/api/v1/write", "/api/v1/push", "/write", "/prometheus/api/v1/write?x=/y", "/a/write"])
    func `these paths take writes`(path: String) {
        #expect(judge(.POST, path) == .write(.v1))
    }

    @Test(arguments: ["/", "/push", "/api/v1/writes", "/api/v1/query?a=/write", ""])
    func `other paths are not found`(path: String) {
        #expect(status(judge(.POST, path)) == 404)
    }

    @Test(arguments: [HTTPMethod.GET, .PUT, .DELETE, .HEAD])
    func `only POST writes`(method: HTTPMethod) {
        guard case .answer(let answer) = judge(method) else {
            Issue.record("\(method) is taken")
            return
        }
        #expect(answer.status == 405)
        #expect(answer.headers == [.init("Allow", "POST")])
    }

    @Test func `the probe is read only`() {
        #expect(judge(.GET, "/-/healthy") == .answer(ReceiverAnswer(200, "OK")))
        #expect(status(judge(.HEAD, "/-/healthy")) == 200)
        #expect(status(judge(.POST, "/-/healthy")) == 405)
    }

    @Test(arguments: [
        ("application/x-protobuf", RemoteWriteVersion.v1),
        ("application/x-protobuf;proto=prometheus.WriteRequest", .v1),
        ("application/x-protobuf;proto=io.prometheus.write.v2.Request", .v2),
    ])
    func `the Content-Type names the version`(type: String, version: RemoteWriteVersion) {
        #expect(judge(.POST, "/write", .write(.v1, ["Content-Type": type])) == .write(version))
    }

    @Test(arguments: [
        nil, "text/plain", "application/x-protobuf; proto=io.prometheus.write.v2.Request",
        "application/x-protobuf;proto=prometheus.Other", "application/json",
    ])
    func `other types are refused`(type: String?) {
        #expect(status(judge(.POST, "/write", .write(.v1, ["Content-Type": type]))) == 415)
    }

    @Test(arguments: [nil, "gzip", "zstd", "snappy, gzip"])
    func `other encodings are refused`(encoding: String?) {
        #expect(status(judge(.POST, "/write", .write(.v1, ["Content-Encoding": encoding]))) == 415)
    }

    @Test(arguments: ["X-Prometheus-Remote-Write-Version", "User-Agent"])
    func `headers that must be there are missed`(name: String) {
        let answer = ReceiverAnswer(400, "header \(name) is missing")
        #expect(judge(.POST, "/write", .write(.v1, [name: nil])) == .answer(answer))
        #expect(judge(.POST, "/write", .write(.v1, [name: ""])) == .answer(answer))
    }

    @Test func `a body that says it is too large is not waited for`() {
        #expect(judge(.POST, "/write", .write(.v1, ["Content-Length": "1000"])) == .write(.v1))
        #expect(status(judge(.POST, "/write", .write(.v1, ["Content-Length": "1001"]))) == 413)
    }
}
