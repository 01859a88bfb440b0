import Fixtures
import Foundation
import Testing

/// Where the programs are that the end-to-end ring runs, and a folder of its own for each test.
final class Stage: Sendable {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "push-collector-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The built program.
    static var program: String {
        ProcessInfo.processInfo.environment["PUSH_COLLECTOR_PROGRAM"]
            ?? Fixtures.root.appending(path: ".build/debug/push-collector").path
    }

    /// A program that `make setup-tests` brought.
    static func tool(_ path: String) -> String {
        let tools = ProcessInfo.processInfo.environment["PUSH_COLLECTOR_TOOLS"]
        return (tools.map { URL(filePath: $0) } ?? Fixtures.root.appending(path: ".build-tools"))
            .appending(path: path).path
    }

    /// Writes a file into the test's folder and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// A port of the loopback interface that nobody listens on just now.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
            }
        }
        try #require(bound)
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

/// An answer over HTTP.
struct Answer: Equatable {
    var status: Int
    var head: String
    var body: String

    func header(_ name: String) -> String? {
        head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
            .map { $0.drop { $0 != ":" }.dropFirst().trimmingCharacters(in: .whitespaces) }
    }
}

/// Asks with the real curl; the arguments end with the URL.
func curl(_ arguments: String..., body: String? = nil) async throws -> Answer {
    try await curl(arguments, body: body)
}

func curl(_ arguments: [String], body: String? = nil) async throws -> Answer {
    let stage = try Stage()
    var all = ["--silent", "--show-error", "--include", "--max-time", "120", "--noproxy", "*", "-H", "Expect:"]
    if let body { all += ["--data-binary", "@" + (try stage.write(body, to: "body"))] }
    let result = try await FinishedProgram("/usr/bin/curl", all + arguments)
    guard result.code == 0 else { throw TimedOut(description: "curl \(arguments): \(result.errors)") }
    let parts = result.output.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let status = parts.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(status: status, head: String(parts.first ?? ""), body: String(parts.dropFirst().first ?? ""))
}
