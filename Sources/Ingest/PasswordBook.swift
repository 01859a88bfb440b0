import Bytes
import Passwords
import Settings
import Synchronization

/// The users of `basic_auth_users`, and which passwords were found right or wrong lately.
///
/// What is remembered is a digest with a key of this process, of user, password and hash together.
final class PasswordBook: Sendable {
    /// Right ones are few and are kept apart, so that guesses do not displace them.
    private struct Memory {
        var right = RecentDigests(limit: 1_024)
        var wrong = RecentDigests(limit: 1_024)
    }

    private let hashes: [[UInt8]: BcryptHash]
    /// What the passwords of users are compared with that do not exist: it costs as much as the dearest that does.
    private let stranger: String
    private let key: [UInt8]
    private let memory = Mutex(Memory())

    /// The users of a web configuration; at least one.
    init(_ users: [String: BcryptHash]) {
        hashes = Dictionary(users.map { (Array($0.key.utf8), $0.value) }, uniquingKeysWith: { first, _ in first })
        let cost = users.values.reduce(BcryptHash.costs.lowerBound) { max($0, $1.cost) }
        let digits = cost < 10 ? "0\(cost)" : "\(cost)"
        stranger = "$2y$\(digits)$QOauhQNbBCuQDKes6eFzPeMqBSjb7Mr5DUmpZ/VcEd00UAV/LDeSi"
        var random = SystemRandomNumberGenerator()
        key = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// What stands for a user and a password in what is remembered.
    func digest(user: [UInt8], password: [UInt8]) -> [UInt8] {
        // The length of the user's name keeps one pair from reading as another.
        let length = withBytes(of: UInt64(user.count))
        return SHA256.authentication(of: length + user + password, key: key)
    }

    /// Whether a pair was found right or wrong lately; nil: it has to be looked at.
    func remembered(_ digest: [UInt8]) -> Bool? {
        memory.withLock { memory in
            if memory.right.knows(digest) { return true }
            return memory.wrong.knows(digest) ? false : nil
        }
    }

    /// Whether a password is this user's; it takes the time of a bcrypt, whether or not there is such a user.
    func verify(user: [UInt8], password: [UInt8], digest: [UInt8]) -> Bool {
        if let remembered = remembered(digest) { return remembered }
        let hash = hashes[user]
        let isSame = Bcrypt.verify(password, against: hash?.secret.revealed ?? stranger)
        let isRight = isSame && hash != nil
        memory.withLock { memory in
            if isRight { memory.right.insert(digest) } else { memory.wrong.insert(digest) }
        }
        return isRight
    }

    private func withBytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
}
