/// Why a request is not made: what it takes to be let in is not to be had.
struct Withheld: Error, Equatable {
    /// One line for the operator; it holds no secret.
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
