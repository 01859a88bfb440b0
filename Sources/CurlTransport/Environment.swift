import Glibc

/// The variables of the process's environment.
enum Environment {
    /// Finds a variable.
    typealias Lookup = (String) -> String?

    /// A variable of the process; nil where it is not set, or empty.
    static func variable(_ name: String) -> String? {
        guard let text = unsafe getenv(name) else { return nil }
        let value = unsafe String(cString: text)
        return value.isEmpty ? nil : value
    }
}
