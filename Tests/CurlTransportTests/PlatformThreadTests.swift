import Foundation
import Synchronization
import Testing

@testable import CurlTransport

@Suite("PlatformThread", .timeLimit(.minutes(15)))
struct PlatformThreadTests {
    @Test func `work runs on a thread of its own, which has a name and takes no signals`() async throws {
        let status: String = try await withCheckedThrowingContinuation { continuation in
            do {
                try PlatformThread.detach(name: "sender") {
                    let status = try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
                    continuation.resume(returning: status ?? "")
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
        #expect(status.contains("Name:\tsender\n"))
        let blocked = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }
        let mask = UInt64(blocked?.split(separator: "\t").last ?? "", radix: 16) ?? 0
        #expect(mask & (1 << UInt64(SIGPIPE - 1)) != 0)
        #expect(mask & (1 << UInt64(SIGTERM - 1)) != 0)
    }
}
