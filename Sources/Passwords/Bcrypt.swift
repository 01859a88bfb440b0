import CCrypt

/// Passwords by their bcrypt hashes, `$2a$`, `$2b$` and `$2y$`.
public enum Bcrypt {
    /// The salt and the hash proper, in bcrypt's own base64.
    private static let saltLength = 22
    private static let hashLength = 31

    /// Whether a password has this hash; it takes the time that the hash's cost says, whatever the password is.
    ///
    /// As everywhere, of a password only the first 72 bytes count. One with a zero byte, which C takes for the end, has
    /// no hash.
    public static func verify(_ password: [UInt8], against hash: String) -> Bool {
        let text = password.prefix { $0 != 0 }
        guard let made = made(of: Array(text), setting: hash), made.count >= hashLength else { return false }
        // In the salt, bits of the last character mean nothing: it is made anew without them.
        let (own, other) = (made.suffix(hashLength), Array(hash.utf8).suffix(hashLength))
        var difference: UInt8 = text.count == password.count ? 0 : 1
        for (one, two) in zip(own, other) { difference |= one ^ two }
        return difference == 0
    }

    private static func made(of password: [UInt8], setting: String) -> [UInt8]? {
        var result = [CChar](repeating: 0, count: 128)
        let password = password.map { CChar(bitPattern: $0) } + [0]
        // Safe: both texts end with a zero, and the result has room for its capacity.
        let isMade = unsafe password.withUnsafeBufferPointer { password in
            unsafe result.withUnsafeMutableBufferPointer { result in
                unsafe ccrypt_hash(password.baseAddress, setting, result.baseAddress, result.count)
            }
        }
        return isMade ? result.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) } : nil
    }
}
