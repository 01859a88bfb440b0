import Glibc

/// A file that may change while the process runs, and what it last held.
struct WatchedFile {
    /// No credential and no list of authorities is longer.
    static let sizeLimit = 4 << 20

    let path: String
    /// What it last held; nil: it could not be used yet.
    private(set) var content: [UInt8]?
    /// Why it cannot be used now, in the system's words.
    private(set) var problem: String?
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

    init(path: String) { self.path = path }

    /// What became of a file since the last look.
    enum Change: Equatable {
        case none
        /// It holds something else.
        case content
        /// It cannot be used, for this reason; what it last held counts on.
        case unusable(String)
    }

    /// Looks at the file, and reads it where it has changed.
    mutating func review() -> Change {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return fail(Self.reason) }
        var seen = Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            modified: Self.nanoseconds(status.st_mtim), changed: Self.nanoseconds(status.st_ctim))
        guard seen != stamp else { return .none }
        seen.isYoung = Self.now - max(seen.modified, seen.changed) < 1_000_000_000
        switch Self.read(path) {
        case .failure(let withheld): return fail(withheld.reason)
        case .success(let bytes):
            guard bytes.contains(where: { !Self.isBlank($0) }) else { return fail("it is empty") }
            stamp = seen
            problem = nil
            guard bytes != content else { return .none }
            content = bytes
            return .content
        }
    }

    /// The bytes without the blanks and ends of lines around them, as text.
    var text: String? {
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

    private static func read(_ path: String) -> Result<[UInt8], Withheld> {
        // A pipe without a writer would hold the thread.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .failure(Withheld(reason)) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 << 10)
        while bytes.count <= sizeLimit {
            let count = unsafe Glibc.read(file, &part, part.count)
            guard count >= 0 else { return .failure(Withheld(reason)) }
            if count == 0 { return .success(bytes) }
            bytes += part[..<count]
        }
        return .failure(Withheld("it is too long"))
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
