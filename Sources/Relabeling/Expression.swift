import CRE2

/// A compiled regular expression of RE2, owned; any thread may ask it.
@safe
final class Expression: Sendable {
    // Safe: made in `init`, deleted in `deinit`, never handed out; RE2 matches on any thread.
    private nonisolated(unsafe) let regex: OpaquePointer

    /// How many groups it captures, the whole match not counted.
    let groupCount: Int

    /// Why a text is no expression, in RE2's words.
    struct Flaw: Error {
        var reason: String
    }

    /// Compiles a text as it stands.
    init(_ text: String) throws(Flaw) {
        let pattern = Array(text.utf8)
        var reason = Array(repeating: UInt8(0), count: 256)
        // Safe: each length is that of the memory beside it.
        let regex = unsafe pattern.withUnsafeBytes { pattern in
            unsafe reason.withUnsafeMutableBytes { reason in
                unsafe cre2_compile(
                    pattern.assumingMemoryBound(to: CChar.self).baseAddress, pattern.count,
                    reason.assumingMemoryBound(to: CChar.self).baseAddress, reason.count)
            }
        }
        guard let regex = unsafe regex else {
            throw Flaw(reason: String(decoding: reason.prefix { $0 != 0 }, as: UTF8.self))
        }
        unsafe self.regex = unsafe regex
        groupCount = unsafe Int(cre2_group_count(regex))
    }

    deinit { unsafe cre2_delete(regex) }

    /// The number of the group of this name; nil where there is none.
    func group(named name: [UInt8]) -> Int? {
        let number = unsafe name.withUnsafeBytes { name in
            unsafe cre2_group_named(regex, name.assumingMemoryBound(to: CChar.self).baseAddress, name.count)
        }
        return number > 0 ? Int(number) : nil
    }

    /// Whether it matches somewhere in a text.
    func matches(_ text: [UInt8]) -> Bool {
        unsafe text.withUnsafeBytes { text in
            unsafe cre2_match(regex, text.assumingMemoryBound(to: CChar.self).baseAddress, text.count, nil, 0) != 0
        }
    }

    /// What the whole match and each group captured, nil where a group took no part; nil where it does not match.
    func captures(of text: [UInt8]) -> [Range<Int>?]? {
        var ends = Array(repeating: -1, count: 2 * (groupCount + 1))
        let isMatch = unsafe text.withUnsafeBytes { text in
            unsafe ends.withUnsafeMutableBufferPointer { ends in
                // Safe: two numbers a group, the whole match being one.
                unsafe cre2_match(
                    regex, text.assumingMemoryBound(to: CChar.self).baseAddress, text.count, ends.baseAddress,
                    Int32(groupCount + 1)) != 0
            }
        }
        guard isMatch else { return nil }
        return (0...groupCount).map { ends[2 * $0] < 0 ? nil : ends[2 * $0]..<ends[2 * $0 + 1] }
    }
}
