import Foundation
import Testing

@Suite("Whoever means no good", .serialized)
struct HostileTests {
    /// `limits.inflight_size`, `queue_config.max_queue_size`, and the fixed part.
    private static let memoryLimit = 448

    @Test(arguments: HostileAttack.all)
    func `is refused in a line, costs no more than the limits say, and the next push is served`(
        attack: HostileAttack
    ) async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(on: stage, to: receiver.writeURL)
        let answers = try Self.exchange(attack.request(), with: collector.port)
        #expect(Set(answers.map(\.status)) == Set(attack.statuses), "\(answers.prefix(3))")
        let line = try #require(answers.first).body
        #expect(line.contains(attack.sentence) && line.utf8.count <= 1_024, "\(line)")
        #expect(line.hasSuffix("\n") && line.dropLast().allSatisfy { !$0.isNewline })
        // Asked before the next push, whose samples are to be the only ones.
        let peak = try #require(collector.program.peakMemory)
        #expect(peak < Self.memoryLimit)
        #expect(receiver.lines.isEmpty)
        #expect(try RawRequest.post("/metrics/job/next", "fine 1\n").send(to: collector.port).status == 200)
        let samples = { receiver.lines.filter { !$0.hasPrefix("#") } }
        try await wait(for: "the next push to be printed") { samples().count == 2 }
        #expect(samples().allSatisfy { $0.contains("job=\"next\"") }, "\(receiver.lines)")
        #expect(try await collector.terminate() == 0)
    }

    @Test func `may stay, and his next push is served on the same connection`() async throws {
        let stage = try Stage()
        let receiver = try await Receiver(on: stage)
        let collector = try await Collector(on: stage, to: receiver.writeURL)
        let bomb = HostileBody.zstd(.run(0x30, count: 1 << 30))
        let head = "POST /metrics/job/t HTTP/1.1\r\nHost: x\r\nContent-Encoding: zstd\r\n"
        let push = Array("\(head)Content-Length: \(bomb.count)\r\n\r\n".utf8) + bomb
        let answers = try Self.exchange(
            push + push + HostileAttack.push("", Array("fine 1\n".utf8)), with: collector.port)
        #expect(answers.map(\.status) == [413, 413, 200])
        #expect(try await collector.terminate() == 0)
    }

    /// Writes bytes, ends that side, and reads all answers.
    private static func exchange(_ bytes: [UInt8], with port: Int) throws -> [Answer] {
        let socket = try LoopbackSocket(port: port)
        try socket.write(bytes)
        try socket.finishWriting()
        var rest = String(decoding: try socket.readToEnd(), as: UTF8.self)[...]
        var answers: [Answer] = []
        while let end = rest.firstRange(of: "\r\n\r\n") {
            var answer = Answer(status: 0, head: String(rest[..<end.lowerBound]), body: "")
            answer.status = answer.head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            rest = rest[end.upperBound...]
            let length = answer.header("Content-Length").flatMap { Int($0) } ?? 0
            let body = rest.utf8.prefix(length)
            answer.body = String(decoding: body, as: UTF8.self)
            rest = rest[body.endIndex...]
            answers.append(answer)
        }
        return answers
    }
}

extension RunningProgram {
    /// The most memory that was resident at a time, in MiB.
    fileprivate var peakMemory: Int? {
        let status = try? String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
        let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 / 1024 }
    }
}
