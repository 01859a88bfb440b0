import Glibc

/// A file that may change while the process runs, and what it last held.
public struct WatchedFile: Sendable {
    /// No credential and no list of authorities is longer.
    public static let sizeLimit = 4 << 20

    /// Where it is.
    public let path: String
    /// What it last held; nil: it could not be used yet.
    public private(set) var content: [UInt8]?
    /// Why it cannot be used now, in the system's words.
    public private(set) var problem: String?
    private let mayBeEmpty: Bool
    private let judge: Judge?
    private var stamp: Stamp?

    /// What tells that a file has changed.
    private struct Stamp: Equatable {
        var device: UInt
        var inode: UInt
        var size: Int
        var modified: Int
        var changed: Int
        /// It was read so soon after a change that a further one may not show.
        var isYoung = false
    }

    /// Says why a file cannot be used that holds these bytes; nil where it can.
    public typealias Judge = @Sendable ([UInt8]) -> String?

    /// The file at a path; nothing is read yet.
    public init(path: String, mayBeEmpty: Bool = false, judge: Judge? = nil) {
        self.path = path
        self.mayBeEmpty = mayBeEmpty
        self.judge = judge
    }

    /// What became of a file since the last look.
    public enum Change: Equatable, Sendable {
        case none
        /// It holds something else.
        case content
        /// It cannot be used, for this reason; what it last held counts on.
        case unusable(String)
    }

    /// Looks at the file, and reads it where it has changed.
    public mutating func review() -> Change {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return fail(Self.reason) }
        var seen = Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim))
        guard seen != stamp else { return .none }
        seen.isYoung = Self.now - max(seen.modified, seen.changed) < 1_000_000_000
        switch Self.read(path) {
        case .failure(let flaw): return fail(flaw.reason)
        case .success(let bytes):
            guard mayBeEmpty || bytes.contains(where: { !Self.isBlank($0) }) else { return fail("it is empty") }
            if let flaw = judge?(bytes) { return fail(flaw) }
            stamp = seen
            problem = nil
            guard bytes != content else { return .none }
            content = bytes
            return .content
        }
    }

    /// The bytes without the blanks and ends of lines around them, as text.
    public var text: String? {
        content.map { bytes in
            let start = bytes.firstIndex { !Self.isBlank($0) } ?? bytes.endIndex
            let end = bytes.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? start
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
    }

    private mutating func fail(_ reason: String) -> Change {
        stamp = nil
        guard reason != problem else { return .none }
        problem = reason
        return .unusable(reason)
    }

    private struct Flaw: Error {
        var reason: String

        init(_ reason: String) { self.reason = reason }
    }

    private static func read(_ path: String) -> Result<[UInt8], Flaw> {
        // A pipe without a writer would hold the thread.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .failure(Flaw(reason)) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= sizeLimit {
            let count = unsafe Glibc.read(file, &part, part.count)
            guard count >= 0 else { return .failure(Flaw(reason)) }
            if count == 0 { return .success(bytes) }
            bytes += part[..<count]
        }
        return .failure(Flaw("it is too long"))
    }

    private static var reason: String { unsafe String(cString: strerror(errno)) }

    private static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
