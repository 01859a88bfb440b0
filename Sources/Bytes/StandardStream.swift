import Glibc

/// The streams that the process was started with.
public enum StandardStream: Sendable {
    /// What the program tells.
    case output
    /// What it tells about itself: the log, errors.
    case error

    /// Writes a text at once, without a buffer; texts of two threads may mix where a text is longer than 4 KiB.
    ///
    /// What cannot be written is lost: there is nobody left to tell.
    public func write(_ text: String) {
        let descriptor = self == .output ? STDOUT_FILENO : STDERR_FILENO
        let bytes = Array(text.utf8)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }
}
